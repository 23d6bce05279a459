// What a room's stretch of messages becomes. Pure: no server, no clock.

import type { Message } from "../protocol/documents";
import { latest, millis } from "./moments";
import type { Timeline } from "./state";

/** Messages that a room out of sight keeps. */
export const KEPT = 60;

export const empty: Timeline = {
  messages: [],
  hasOlder: true,
  hasNewer: false,
  loading: "first",
  error: undefined,
  syncedTo: new Date(0),
};

function before(a: Message, b: Message): number {
  return millis(a.ts) - millis(b.ts) || (a._id < b._id ? -1 : a._id > b._id ? 1 : 0);
}

/** Both, each message once as it is newest, in order. */
export function merged(known: readonly Message[], more: readonly Message[]): readonly Message[] {
  if (more.length === 0) return known;
  const only = more.length === 1 ? more[0] : undefined;
  const last = known.at(-1);
  // What happens most: one new message at the end.
  if (only && (!last || before(last, only) < 0)) return [...known, only];
  const byId = new Map(known.map((message) => [message._id, message]));
  for (const message of more) {
    const old = byId.get(message._id);
    if (!old || millis(message._updatedAt) >= millis(old._updatedAt)) byId.set(message._id, message);
  }
  return [...byId.values()].toSorted(before);
}

/** Takes in a message as it is now: new, or changed. */
export function withMessage(timeline: Timeline, message: Message): Timeline {
  const first = timeline.messages[0];
  const known = timeline.messages.some((one) => one._id === message._id);
  if (!known) {
    // Older than the stretch, or beyond a gap: it is loaded when somebody scrolls there.
    if (timeline.hasNewer) return timeline;
    if (timeline.hasOlder && first && millis(message.ts) < millis(first.ts)) return timeline;
  }
  return { ...timeline, messages: merged(timeline.messages, [message]), syncedTo: syncedTo(timeline, [message]) };
}

export function withoutMessages(timeline: Timeline, gone: ReadonlySet<string>): Timeline {
  if (!timeline.messages.some((message) => gone.has(message._id))) return timeline;
  return { ...timeline, messages: timeline.messages.filter((message) => !gone.has(message._id)) };
}

/** Joins on what was loaded at one end. */
export function extended(timeline: Timeline, page: readonly Message[], end: "older" | "newer", more: boolean): Timeline {
  return {
    ...timeline,
    messages: merged(timeline.messages, page),
    hasOlder: end === "older" ? more : timeline.hasOlder,
    hasNewer: end === "newer" ? more : timeline.hasNewer,
    loading: undefined,
    error: undefined,
    syncedTo: syncedTo(timeline, page),
  };
}

/** At most so many messages: what was joined on at one end is paid for at the other. */
export function bounded(timeline: Timeline, end: "older" | "newer", most: number): Timeline {
  if (timeline.messages.length <= most) return timeline;
  const { messages } = timeline;
  return end === "older"
    ? { ...timeline, messages: messages.slice(0, most), hasNewer: true }
    : { ...timeline, messages: messages.slice(-most), hasOlder: true };
}

/** What is kept of a room that nobody looks at. */
export function shortened(timeline: Timeline): Timeline | undefined {
  if (timeline.hasNewer) return undefined;
  if (timeline.messages.length <= KEPT) return timeline;
  return { ...timeline, messages: timeline.messages.slice(-KEPT), hasOlder: true };
}

function syncedTo(timeline: Timeline, more: readonly Message[]): Date {
  return new Date(latest([...more], timeline.syncedTo.getTime()));
}
