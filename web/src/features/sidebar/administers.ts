/** Whoever may do one of these finds something under Administration. */
export const ADMINISTER: readonly string[] = [
  "view-statistics",
  "view-user-administration",
  "view-room-administration",
  "view-privileged-setting",
  "edit-privileged-setting",
  "manage-selected-settings",
  "access-permissions",
  "view-logs",
];
