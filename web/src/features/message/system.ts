// System messages in words. What is stored is their kind and one parameter; the words are the reader's.

import type { TFunction } from "i18next";
import type { Message } from "@/lib/protocol/documents";

/** Kinds that are written by people and shown as any message. */
const PERSONAL = new Set(["e2e", "otr", "rm", "discussion-created", "videoconf", "message_pinned"]);
/** Kinds whose parameter may be empty, which has words of its own. */
const MAY_BE_EMPTY = new Set(["room_changed_description", "room_changed_announcement", "room_changed_topic"]);
const KNOWN = new Set([
  "uj", "ul", "ru", "au", "ut", "r", "room-archived", "room-unarchived", "room_changed_privacy", "room_changed_description",
  "room_changed_announcement", "room_changed_topic", "room_changed_avatar", "room_e2e_enabled", "room_e2e_disabled", "user-muted",
  "user-unmuted", "room-set-read-only", "room-removed-read-only", "room-allowed-reacting", "room-disallowed-reacting",
  "message_pinned", "discussion-created", "user-banned", "user-unbanned", "ui", "uir", "wm", "videoconf",
]);

/** Whether a message tells what happened, rather than what somebody said. */
export function isSystem(message: Message): boolean {
  return message.t !== undefined && message.t !== "" && message.t !== "rm" && (KNOWN.has(message.t) || !PERSONAL.has(message.t));
}

/** What happened, after the name of who did it. */
export function systemText(message: Message, t: TFunction): string {
  const type = message.t ?? "";
  const words = { who: message.msg, what: message.msg, type };
  if (type.startsWith("subscription-role-")) {
    const change = type.slice("subscription-role-".length);
    const role = t(`message.role.${message.role ?? ""}`, { defaultValue: message.role ?? "" });
    return t(`message.system.role-${change}`, { ...words, role });
  }
  if (MAY_BE_EMPTY.has(type) && message.msg === "") return t(`message.system.${type}_empty`);
  return KNOWN.has(type) ? t(`message.system.${type}`, words) : t("message.system.other", words);
}
