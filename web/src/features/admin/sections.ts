import type { IconName } from "@/ui";

/** A page of the administration, and who may see it: whoever has one of the permissions. */
export interface AdminSection {
  id: "info" | "users" | "rooms" | "invites" | "permissions" | "roles" | "settings";
  icon: IconName;
  permissions: readonly string[];
}

export const READ_SETTINGS = ["view-privileged-setting", "edit-privileged-setting", "manage-selected-settings"] as const;

export const sections: readonly AdminSection[] = [
  { id: "info", icon: "bar-chart", permissions: ["view-statistics"] },
  { id: "users", icon: "users", permissions: ["view-user-administration"] },
  { id: "rooms", icon: "hash", permissions: ["view-room-administration"] },
  { id: "invites", icon: "link", permissions: ["create-invite-links"] },
  { id: "permissions", icon: "shield", permissions: ["access-permissions"] },
  { id: "roles", icon: "key", permissions: ["access-permissions"] },
  { id: "settings", icon: "gear", permissions: READ_SETTINGS },
];

/** The section that an address is in. */
export function sectionOf(path: string): AdminSection["id"] | undefined {
  const segment = path.split("/")[2];
  return sections.find(({ id }) => id === segment)?.id;
}
