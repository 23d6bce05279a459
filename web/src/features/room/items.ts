// What stands in a room's list: messages, the lines between days, and the line above what is new. Pure.

import type { Message } from "@/lib/protocol/documents";
import { millis } from "@/lib/store/moments";
import type { Pending } from "@/lib/store/state";

export type Item =
  | { kind: "day"; key: string; ts: number }
  | { kind: "unread"; key: string }
  | { kind: "message"; key: string; message: Message; grouped: boolean; pending?: Pending };

/** Messages of one author within this time belong together. */
const GROUPED = 5 * 60_000;

export interface Sources {
  messages: readonly Message[];
  whispers: readonly Message[];
  pending: readonly Pending[];
  /** What came after this moment was new when the room was opened. */
  unreadSince: number | undefined;
  self: string | undefined;
}

function goesOn(before: Message | undefined, message: Message): boolean {
  if (!before || before.t || message.t || message.groupable === false || before.private !== message.private) return false;
  if (before.u._id !== message.u._id || before.alias !== message.alias) return false;
  return millis(message.ts) - millis(before.ts) < GROUPED;
}

/** The day of a moment, where the reader is. */
function dayOf(ms: number): { name: string; from: number; to: number } {
  const day = new Date(ms);
  return { name: day.toDateString(), from: day.setHours(0, 0, 0, 0), to: day.setHours(24, 0, 0, 0) };
}

/** The items of a stretch of messages; pending ones come last. */
export function itemsOf({ messages, whispers, pending, unreadSince, self }: Sources): Item[] {
  const items: Item[] = [];
  let before: Message | undefined;
  let today: ReturnType<typeof dayOf> | undefined;
  let marked = unreadSince === undefined;
  const add = (message: Message, own?: Pending) => {
    const ts = millis(message.ts);
    const fresh = !today || ts < today.from || ts >= today.to;
    if (!today || fresh) items.push({ kind: "day", key: `day ${(today = dayOf(ts)).name}`, ts });
    const line = !marked && !message.t && ts > (unreadSince ?? 0) && message.u._id !== self;
    if (line) items.push({ kind: "unread", key: "unread" });
    marked ||= line;
    items.push({ kind: "message", key: message._id, message, grouped: !fresh && !line && goesOn(before, message), pending: own });
    before = message;
  };
  for (const message of together(messages, whispers)) add(message);
  for (const own of pending) add(own.message, own);
  return items;
}

/** Both, in the order of time. */
function together(messages: readonly Message[], whispers: readonly Message[]): readonly Message[] {
  if (whispers.length === 0) return messages;
  const first = millis(messages[0]?.ts);
  return [...messages, ...whispers.filter((one) => millis(one.ts) >= first)].toSorted((a, b) => millis(a.ts) - millis(b.ts));
}
