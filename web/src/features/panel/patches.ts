// What a change will make of the documents, so that it can be shown before the server answers. Pure.

import type { NotificationLevel, Room, Subscription } from "@/lib/protocol/documents";
import type { RoomChanges } from "@/lib/protocol/methods";

const text = (value: string) => value || undefined;

/** What changes of a room make of its document. A new name is the server's to make. */
export function roomPatch(changes: RoomChanges): Partial<Room> {
  const patch: Partial<Room> = {};
  if (changes.roomTopic !== undefined) patch.topic = text(changes.roomTopic);
  if (changes.roomDescription !== undefined) patch.description = text(changes.roomDescription);
  if (changes.roomAnnouncement !== undefined) patch.announcement = text(changes.roomAnnouncement);
  if (changes.readOnly !== undefined) patch.ro = changes.readOnly;
  if (changes.reactWhenReadOnly !== undefined) patch.reactWhenReadOnly = changes.reactWhenReadOnly;
  return patch;
}

/** Where each level keeps whether it is the room's own. */
const ORIGINS = {
  desktopNotifications: "desktopPrefOrigin",
  mobilePushNotifications: "mobilePrefOrigin",
  emailNotifications: "emailPrefOrigin",
} as const;

export type Channel = keyof typeof ORIGINS;
export const channels = Object.keys(ORIGINS) as Channel[];

const isChannel = (field: string): field is Channel => field in ORIGINS;

/** What was chosen for a room; what follows from the preferences is the default. */
export function levelOf(subscription: Subscription, channel: Channel): NotificationLevel {
  return subscription[ORIGINS[channel]] === "subscription" ? (subscription[channel] ?? "default") : "default";
}

/** What a changed notification setting makes of the membership. */
export function fieldPatch(field: string, value: string): Partial<Subscription> {
  if (isChannel(field)) return { [field]: value === "default" ? undefined : value, [ORIGINS[field]]: value === "default" ? "user" : "subscription" };
  if (field === "audioNotificationValue") return { audioNotificationValue: value === "default" ? undefined : value };
  if (field === "unreadAlert") return { unreadAlert: value as NotificationLevel };
  return { [field]: value === "1" };
}
