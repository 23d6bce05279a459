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

/** Takes in messages as they are now: new, or changed. */
export function withMessages(timeline: Timeline, messages: readonly Message[]): Timeline {
  const known = new Set(timeline.messages.map((message) => message._id));
  return joined(timeline, messages.filter((message) => known.has(message._id) || joinsOn(timeline, message)));
}

/** The same for one, as happens most. */
export function withMessage(timeline: Timeline, message: Message): Timeline {
  const joins = joinsOn(timeline, message) || timeline.messages.some((one) => one._id === message._id);
  return joins ? joined(timeline, [message]) : timeline;
}

/** Whether a new message belongs to the stretch. Older than it, or beyond a gap: it is loaded when somebody scrolls there. */
function joinsOn({ messages, hasOlder, hasNewer }: Timeline, message: Message): boolean {
  const first = messages[0];
  return !hasNewer && !(hasOlder && first && millis(message.ts) < millis(first.ts));
}

function joined(timeline: Timeline, more: readonly Message[]): Timeline {
  if (more.length === 0) return timeline;
  return { ...timeline, messages: merged(timeline.messages, more), syncedTo: syncedTo(timeline, more) };
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

/** Up to where all is known, after an answer that tells all that changed. */
export function syncedTo(timeline: Timeline, more: readonly Message[]): Date {
  return new Date(latest(more, timeline.syncedTo.getTime()));
}
