// The messages of rooms: loaded where somebody looks, kept true by streams, let go when nobody has looked for long.

import { asCallError } from "../ddp/errors";
import type { Message, Named } from "../protocol/documents";
import { asDate } from "../store/moments";
import { type Draft, now, soon, store, type Timeline } from "../store/state";
import { bounded, empty, extended, KEPT, shortened, syncedTo, withMessage, withMessages, withoutMessages } from "../store/timeline";
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
/** How many more may come before those are let go, so that not each that comes costs it. */
const SLACK = 100;
/** Rooms whose messages are kept and kept true. */
const ROOMS = 12;

/** Rooms that are kept true, the latest looked at last, each with what ends it. */
const kept = new Map<string, () => void>();
/** Rooms that are on the screen. */
const shown = new Map<string, number>();

/** Messages on their way, and what was told meanwhile: it joins on them, also where it did not on what was known. */
interface Load {
  arrived: Message[];
  gone: Set<string>;
}

/** By room, the load that was asked for last: an earlier one is not wanted any more, and may be of another stretch. */
const loads = new Map<string, Load>();

function begin(rid: string): Load {
  const load: Load = { arrived: [], gone: new Set() };
  loads.set(rid, load);
  return load;
}

/** Ends a load; whether it is still wanted. */
function ended(rid: string, load: Load): boolean {
  return loads.get(rid) === load && loads.delete(rid);
}

function caughtUp(timeline: Timeline, { arrived, gone }: Load): Timeline {
  return withoutMessages(withMessages(timeline, arrived), gone);
}

/** Up to where rooms were in step when the connection opened: what streams told since says nothing of what was missed before. */
const missed = new Map<string, Date>();

/** The connection was away: to be called before streams tell anything. */
export function noteGap(): void {
  for (const [rid, { syncedTo: until }] of store.getState().timelines) if (!missed.has(rid)) missed.set(rid, until);
}

function update(rid: string, change: (timeline: Timeline) => Timeline): void {
  now((draft) => {
    const timeline = draft.get("timelines").get(rid);
    if (timeline) draft.map("timelines").set(rid, change(timeline));
  });
}

function follow(rid: string): () => void {
  const ends = [
    listen("room-messages", rid, ([message]) => soon((draft) => take(draft, message as Message)), () => void refresh(rid)),
    listen("notify-room", `${rid}/deleteMessage`, ([gone]) => {
      const ids = new Set([(gone as { _id: string })._id]);
      soon((draft) => {
        ids.forEach((id) => loads.get(rid)?.gone.add(id));
        const timeline = draft.get("timelines").get(rid);
        if (timeline) draft.map("timelines").set(rid, withoutMessages(timeline, ids));
      });
      cache.touch(rid);
    }),
    hearActivity(rid),
  ];
  return () => ends.forEach((end) => end());
}

// The answer about one message says nothing of others: where the room is in step does not move.
whenSent((draft, message) => join(draft, message, draft.get("timelines").get(message.rid)?.syncedTo));

function take(draft: Draft, message: Message): void {
  settleOwn(draft, message);
  join(draft, message);
}

function join(draft: Draft, message: Message, until?: Date): void {
  const { rid } = message;
  loads.get(rid)?.arrived.push(message);
  const timeline = draft.get("timelines").get(rid);
  if (!timeline) return;
  const next = withMessage(timeline, message);
  draft.map("timelines").set(rid, lean(rid, until ? { ...next, syncedTo: until } : next));
  cache.touch(rid);
}

/** At most so many messages, fewer where nobody looks. */
function lean(rid: string, timeline: Timeline): Timeline {
  const most = shown.has(rid) ? MOST : KEPT;
  return timeline.messages.length > most + SLACK && !timeline.hasNewer ? bounded(timeline, "newer", most) : timeline;
}

/** Shows a room: its latest messages are there, or on their way, and kept true until the returned function is called and long after. */
export function showRoom(rid: string): () => void {
  shown.set(rid, (shown.get(rid) ?? 0) + 1);
  const known = kept.get(rid);
  kept.delete(rid);
  kept.set(rid, known ?? follow(rid));
  retire();
  const timeline = store.getState().timelines.get(rid);
  if (!timeline) void cache.messages(rid, () => shown.has(rid)).then(() => (shown.has(rid) && !loads.has(rid) ? loadLatest(rid) : undefined));
  else if (timeline.error || (timeline.loading === "first" && !loads.has(rid))) void loadLatest(rid);
  else if (!known) void refresh(rid);
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

/** Loads the latest messages of a room of which the name alone is known, ahead of its being shown. Fails where there is none. */
export async function loadNamed({ type, name }: Named): Promise<void> {
  const { _id: rid } = await ask("getRoomByTypeAndName", type, name);
  if (kept.has(rid)) return;
  kept.set(rid, follow(rid));
  await loadLatest(rid);
}

function retire(): void {
  for (const rid of kept.keys()) {
    if (kept.size <= ROOMS) return;
    if (shown.has(rid)) continue;
    now((draft) => dropTimeline(draft, rid));
  }
}

/** Loads the latest messages of a room, in place of what is known. */
export async function loadLatest(rid: string): Promise<void> {
  const load = begin(rid);
  now((draft) => void draft.map("timelines").set(rid, { ...(draft.get("timelines").get(rid) ?? empty), loading: "first", error: undefined }));
  try {
    const { messages } = await ask("loadHistory", rid, null, PAGE, null);
    if (!ended(rid, load)) return;
    missed.delete(rid);
    update(rid, () => caughtUp(extended(empty, messages, "older", messages.length >= PAGE), load));
    cache.touch(rid);
  } catch (thrown) {
    const error = asCallError(thrown);
    if (ended(rid, load)) update(rid, (timeline) => ({ ...timeline, loading: undefined, error }));
  }
}

/** Loads the page before the oldest known message. */
export async function loadOlder(rid: string): Promise<void> {
  const timeline = store.getState().timelines.get(rid);
  const first = timeline?.messages[0];
  if (!timeline || !first || busy(rid, timeline) || !timeline.hasOlder) return;
  await lengthen(rid, "older", async () => (await ask("loadHistory", rid, asDate(first.ts) ?? null, FURTHER, null)).messages);
}

/** Loads the page after the newest known message, where there is a gap to the present. */
export async function loadNewer(rid: string): Promise<void> {
  const timeline = store.getState().timelines.get(rid);
  const last = timeline?.messages.at(-1);
  if (!timeline || !last || busy(rid, timeline) || !timeline.hasNewer) return;
  await lengthen(rid, "newer", async () => (await ask("loadNextMessages", rid, asDate(last.ts) ?? new Date(), FURTHER)).messages);
}

const busy = (rid: string, timeline: Timeline) => timeline.loading !== undefined || loads.has(rid);

async function lengthen(rid: string, end: "older" | "newer", page: () => Promise<Message[]>): Promise<void> {
  const mine = begin(rid);
  update(rid, (timeline) => ({ ...timeline, loading: end }));
  try {
    const messages = await page();
    if (!ended(rid, mine)) return;
    // What a page of an older stretch tells is not up to where the room is in step.
    update(rid, (timeline) => {
      const longer = { ...extended(timeline, messages, end, messages.length >= FURTHER), syncedTo: timeline.syncedTo };
      return bounded(caughtUp(longer, mine), end, MOST);
    });
  } catch (thrown) {
    const error = asCallError(thrown);
    if (ended(rid, mine)) update(rid, (timeline) => ({ ...timeline, loading: undefined, error: error.transient ? undefined : error }));
  }
}

/** Loads what is around a message, if it is not known; what is known then. Fails where it does not exist or may not be read. */
export async function loadAround(rid: string, id: string): Promise<readonly Message[]> {
  const timeline = () => store.getState().timelines.get(rid);
  const known = () => timeline()?.messages ?? [];
  const has = () => known().some((message) => message._id === id);
  // What is on its way in place of all may not have it.
  if (has() && timeline()?.loading !== "first") return known();
  const load = begin(rid);
  try {
    const around = await ask("loadSurroundingMessages", { _id: id, rid }, PAGE);
    if (!ended(rid, load) || !shown.has(rid)) return known();
    const stretch = { ...extended(empty, around.messages, "older", around.moreBefore), hasNewer: around.moreAfter };
    missed.delete(rid);
    now((draft) => void draft.map("timelines").set(rid, caughtUp(stretch, load)));
  } catch (thrown) {
    // What this came in place of is asked for again.
    const left = timeline();
    if (ended(rid, load) && shown.has(rid) && (!left || left.loading)) void loadLatest(rid);
    if (!has()) throw thrown;
  }
  return known();
}

/** Takes in what changed in rooms that are known, after the connection was away. */
export async function catchUp(): Promise<void> {
  const { timelines } = store.getState();
  // What is looked at comes first.
  const order = [...timelines.keys()].toSorted((a, b) => Number(shown.has(b)) - Number(shown.has(a)));
  for (const rid of order) {
    const timeline = store.getState().timelines.get(rid);
    if (!timeline || loads.has(rid)) continue;
    if (!kept.has(rid)) now((draft) => dropTimeline(draft, rid));
    else if (timeline.error || timeline.messages.length === 0) await loadLatest(rid);
    else await refresh(rid);
  }
}

/** Takes in what changed in a room since it was in step. */
async function refresh(rid: string): Promise<void> {
  const since = missed.get(rid) ?? store.getState().timelines.get(rid)?.syncedTo;
  if (!since) return;
  try {
    const { updated, deleted } = await ask("messages/get", rid, { lastUpdate: since });
    missed.delete(rid);
    update(rid, (current) => {
      const left = withoutMessages(current, new Set(deleted.map((one) => one._id)));
      return lean(rid, { ...withMessages(left, updated), syncedTo: syncedTo(left, updated) });
    });
    now((draft) => updated.forEach((message) => settleOwn(draft, message)));
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
  loads.delete(rid);
  missed.delete(rid);
  draft.map("timelines").delete(rid);
  draft.map("activity").delete(rid);
}

export function dropTimelines(): void {
  for (const end of kept.values()) end();
  for (const map of [kept, shown, loads, missed]) map.clear();
}
