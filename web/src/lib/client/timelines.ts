// The messages of rooms: loaded where somebody looks, kept true by streams, let go when nobody has looked for long.

import { asCallError } from "../ddp/errors";
import type { Message } from "../protocol/documents";
import { asDate, millis } from "../store/moments";
import { type Draft, now, soon, store, type Timeline } from "../store/state";
import { bounded, empty, extended, merged, shortened, withMessage, withoutMessages } from "../store/timeline";
import { hearActivity } from "./activity";
import { ask, listen } from "./link";
import { cache } from "./persist";
import { settleOwn, whenSent } from "./outbox";

/** Messages of a room's first page. */
const PAGE = 50;
/** Messages of further pages: the server answers ten of them in ten seconds. */
const FURTHER = 150;
/** Messages of one room that are held; beyond it those furthest from the end that grows are let go. */
const MOST = 1_500;
/** Rooms whose messages are kept and kept true. */
const ROOMS = 12;

/** Rooms that are kept true, the latest looked at last, each with what ends it. */
const kept = new Map<string, () => void>();
/** Rooms that are on the screen. */
const shown = new Map<string, number>();

function update(rid: string, change: (timeline: Timeline) => Timeline): void {
  now((draft) => {
    const timeline = draft.get("timelines").get(rid);
    if (timeline) draft.map("timelines").set(rid, change(timeline));
  });
}

function follow(rid: string): () => void {
  const ends = [
    listen("room-messages", rid, ([message]) => soon((draft) => take(draft, message as Message))),
    listen("notify-room", `${rid}/deleteMessage`, ([gone]) => {
      const ids = new Set([(gone as { _id: string })._id]);
      soon((draft) => {
        const timeline = draft.get("timelines").get(rid);
        if (timeline) draft.map("timelines").set(rid, withoutMessages(timeline, ids));
      });
      cache.touch(rid);
    }),
    hearActivity(rid),
  ];
  return () => ends.forEach((end) => end());
}

whenSent(join);

function take(draft: Draft, message: Message): void {
  settleOwn(draft, message);
  join(draft, message);
}

function join(draft: Draft, message: Message): void {
  const timeline = draft.get("timelines").get(message.rid);
  if (!timeline) return;
  draft.map("timelines").set(message.rid, withMessage(timeline, message));
  cache.touch(message.rid);
}

/** Shows a room: its latest messages are there, or on their way, and kept true until the returned function is called and long after. */
export function showRoom(rid: string): () => void {
  shown.set(rid, (shown.get(rid) ?? 0) + 1);
  const known = kept.get(rid);
  kept.delete(rid);
  kept.set(rid, known ?? follow(rid));
  retire();
  const timeline = store.getState().timelines.get(rid);
  if (!timeline) void cache.messages(rid).then(() => (shown.has(rid) ? loadLatest(rid) : undefined));
  else if (timeline.error) void loadLatest(rid);
  else if (!known) void refresh(rid, timeline);
  return () => {
    const count = (shown.get(rid) ?? 1) - 1;
    if (count > 0) return void shown.set(rid, count);
    shown.delete(rid);
    now((draft) => {
      const one = draft.get("timelines").get(rid);
      if (!one) return;
      const short = shortened(one);
      if (short) draft.map("timelines").set(rid, short);
      else draft.map("timelines").delete(rid);
    });
  };
}

function retire(): void {
  for (const [rid, end] of kept) {
    if (kept.size <= ROOMS) return;
    if (shown.has(rid)) continue;
    end();
    kept.delete(rid);
    now((draft) => void draft.map("timelines").delete(rid));
  }
}

/** Loads the latest messages of a room, in place of what is known. */
export async function loadLatest(rid: string): Promise<void> {
  const before = store.getState().timelines.get(rid);
  now((draft) => void draft.map("timelines").set(rid, { ...(before ?? empty), loading: "first", error: undefined }));
  try {
    const history = await ask("loadHistory", rid, null, PAGE, null);
    update(rid, (timeline) => {
      const fresh = extended({ ...empty, loading: undefined }, history.messages, "older", history.messages.length >= PAGE);
      // What arrived while the page was on its way joins on.
      const since = millis(fresh.messages.at(-1)?.ts);
      const later = before?.hasNewer ? [] : timeline.messages.filter((message) => millis(message.ts) > since);
      return { ...fresh, messages: merged(fresh.messages, later) };
    });
    cache.touch(rid);
  } catch (thrown) {
    const error = asCallError(thrown);
    update(rid, (timeline) => ({ ...timeline, loading: undefined, error }));
  }
}

/** Loads the page before the oldest known message. */
export async function loadOlder(rid: string): Promise<void> {
  const timeline = store.getState().timelines.get(rid);
  const first = timeline?.messages[0];
  if (!timeline || !first || timeline.loading || !timeline.hasOlder) return;
  await load(rid, "older", async () => (await ask("loadHistory", rid, asDate(first.ts) ?? null, FURTHER, null)).messages);
}

/** Loads the page after the newest known message, where there is a gap to the present. */
export async function loadNewer(rid: string): Promise<void> {
  const timeline = store.getState().timelines.get(rid);
  const last = timeline?.messages.at(-1);
  if (!timeline || !last || timeline.loading || !timeline.hasNewer) return;
  await load(rid, "newer", async () => (await ask("loadNextMessages", rid, asDate(last.ts) ?? new Date(), FURTHER)).messages);
}

async function load(rid: string, end: "older" | "newer", page: () => Promise<Message[]>): Promise<void> {
  update(rid, (timeline) => ({ ...timeline, loading: end }));
  try {
    const messages = await page();
    update(rid, (timeline) => bounded(extended(timeline, messages, end, messages.length >= FURTHER), end, MOST));
  } catch (thrown) {
    const error = asCallError(thrown);
    update(rid, (timeline) => ({ ...timeline, loading: undefined, error: error.transient ? undefined : error }));
  }
}

/** Loads what is around a message, if it is not known; what is known then. Fails where it does not exist or may not be read. */
export async function loadAround(rid: string, id: string): Promise<readonly Message[]> {
  const known = () => store.getState().timelines.get(rid)?.messages ?? [];
  if (known().some((message) => message._id === id)) return known();
  const around = await ask("loadSurroundingMessages", { _id: id, rid }, PAGE);
  now((draft) => {
    const whole = extended({ ...empty, loading: undefined }, around.messages, "older", around.moreBefore);
    draft.map("timelines").set(rid, { ...whole, hasNewer: around.moreAfter });
  });
  return known();
}

/** Takes in what changed in rooms that are known, after the connection was away. */
export async function catchUp(): Promise<void> {
  const { timelines } = store.getState();
  // What is looked at comes first.
  const order = [...timelines].toSorted(([a], [b]) => Number(shown.has(b)) - Number(shown.has(a)));
  for (const [rid, timeline] of order) {
    if (!kept.has(rid)) now((draft) => void draft.map("timelines").delete(rid));
    else if (timeline.error || timeline.messages.length === 0) await loadLatest(rid);
    else await refresh(rid, timeline);
  }
}

async function refresh(rid: string, timeline: Timeline): Promise<void> {
  try {
    const changes = await ask("messages/get", rid, { lastUpdate: timeline.syncedTo });
    update(rid, (current) => {
      const left = withoutMessages(current, new Set(changes.deleted.map((one) => one._id)));
      return changes.updated.reduce(withMessage, { ...left, loading: undefined });
    });
    now((draft) => changes.updated.forEach((message) => settleOwn(draft, message)));
    cache.touch(rid);
  } catch (thrown) {
    const error = asCallError(thrown);
    if (!error.transient) update(rid, (current) => ({ ...current, error }));
  }
}

/** Forgets a room's messages: its membership has ended. */
export function dropTimeline(draft: Draft, rid: string): void {
  kept.get(rid)?.();
  kept.delete(rid);
  draft.map("timelines").delete(rid);
  draft.map("activity").delete(rid);
}

export function dropTimelines(): void {
  for (const end of kept.values()) end();
  kept.clear();
  shown.clear();
}
