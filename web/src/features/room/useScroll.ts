import { type RefObject, startTransition, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { loadAround, loadLatest, loadNewer, loadOlder } from "@/lib/client/timelines";
import type { Message } from "@/lib/protocol/documents";
import type { Timeline } from "@/lib/store/state";
import { type Anchor, anchorOf, restore } from "./anchor";
import { keepPlace, placeOf } from "./places";
import { around, bounds, held, latest, newer, older, type Stretch, tail } from "./stretch";

export interface Scroll {
  list: RefObject<HTMLDivElement | null>;
  /** What of the known messages is in the page. */
  messages: readonly Message[];
  /** Whether the newest is in sight. */
  atEnd: boolean;
  onScroll(): void;
  toLatest(): void;
  /** Shows a message, if it may be read. */
  toMessage(id: string): Promise<void>;
}

const NONE: readonly never[] = [];

/** How long a room that was just opened is left in peace, in ms; who scrolls at once gets more at once. */
const CALM = 200;

/** So many are in the page of who follows the newest, at most. */
const FOLLOWED = 100;

/** How far ahead of the eye messages are put in, in heights of the list. */
const AHEAD = 1.5;

/** What of a room is in the page, and where it is looked at. */
export function useScroll(rid: string, timeline: Timeline | undefined): Scroll {
  const list = useRef<HTMLDivElement>(null);
  const [left] = useState<Anchor>(() => placeOf(rid)?.anchor ?? { at: "end" });
  // Who was at the end needs no more than fills the window.
  const [stretch, move] = useState<Stretch>(() => (left.at === "end" ? tail : (placeOf(rid)?.stretch ?? tail)));
  const anchor = useRef(left);
  const [atEnd, noteEnd] = useState(left.at === "end");
  const all = timeline?.messages ?? NONE;
  const [from, to] = bounds(all, stretch);
  const whole = to === all.length && !timeline?.hasNewer;

  /** Where the list was put last: the browser tells of that as if somebody had scrolled. */
  const put = useRef(-1);
  const settle = useCallback(() => {
    if (!list.current) return;
    restore(list.current, anchor.current);
    put.current = list.current.scrollTop;
  }, []);

  /** Whether the newest are on their way to where the end will be: until then this is not it. */
  const heading = useRef(false);

  const look = useCallback(() => {
    if (!list.current || (heading.current && !whole)) return;
    anchor.current = anchorOf(list.current, whole);
    noteEnd(anchor.current.at === "end");
    keepPlace(rid, { stretch, anchor: anchor.current });
  }, [rid, stretch, whole]);

  /** Puts in what is near the eye, and asks for what is not known. */
  const fill = useCallback(() => {
    const box = list.current;
    if (!box || !timeline) return;
    const ahead = box.clientHeight * AHEAD;
    // Who follows the newest needs no more above it than to look back a little.
    if (anchor.current.at === "end" && whole && to - from > FOLLOWED) return move(latest(all));
    // Who takes one out at the top for each that comes at the end has all between painted anew.
    if (stretch.first === undefined) move(held(all, stretch));
    if (box.scrollTop < ahead) {
      if (from > 0) move(older(all, stretch, !timeline.hasNewer));
      else if (timeline.hasOlder) void loadOlder(rid);
    } else if (box.scrollHeight - box.scrollTop - box.clientHeight < ahead) {
      if (to < all.length) move(newer(all, stretch, !timeline.hasNewer));
      else if (timeline.hasNewer) void loadNewer(rid);
      else if (stretch.last !== undefined) move(newer(all, stretch, true));
    }
  }, [all, from, rid, stretch, timeline, to, whole]);

  // Where the room was left may have been let go meanwhile: then the newest are shown.
  const begun = useRef(false);
  useLayoutEffect(() => {
    if (begun.current || !timeline || timeline.loading === "first" || all.length === 0) return;
    begun.current = true;
    const { current } = anchor;
    if (current.at === "end" || all.some(({ _id }) => _id === current.key)) return;
    anchor.current = { at: "end" };
    noteEnd(true);
    move(tail);
  }, [all, timeline]);

  // After each change of what is shown, the place is as it was; then what is missing near it is put in, behind what is more urgent.
  const calm = useRef(Infinity);
  useLayoutEffect(() => {
    settle();
    keepPlace(rid, { stretch, anchor: anchor.current });
    const more = () => startTransition(fill);
    // What fills the window is seen, and can be used, before there is more.
    if (calm.current === Infinity && all.length > 0) calm.current = performance.now() + CALM;
    const wait = calm.current - performance.now();
    const filled = list.current !== null && list.current.scrollHeight > list.current.clientHeight;
    if (wait > 0 && filled) {
      const timer = setTimeout(more, Math.min(wait, CALM));
      return () => clearTimeout(timer);
    }
    const frame = requestAnimationFrame(more);
    return () => cancelAnimationFrame(frame);
  });

  // Pictures, fonts and the window change heights without a change of what is shown.
  useEffect(() => {
    const box = list.current;
    if (!box) return;
    const watcher = new ResizeObserver(settle);
    watcher.observe(box);
    if (box.firstElementChild) watcher.observe(box.firstElementChild);
    return () => watcher.disconnect();
  }, [settle]);

  const onScroll = useCallback(() => {
    if (list.current?.scrollTop === put.current) return;
    look();
    fill();
  }, [fill, look]);

  const toLatest = useCallback(() => {
    anchor.current = { at: "end" };
    noteEnd(true);
    move(tail);
    if (timeline?.hasNewer) {
      heading.current = true;
      void loadLatest(rid).finally(() => (heading.current = false));
    } else settle();
  }, [rid, settle, timeline?.hasNewer]);

  const toMessage = useCallback(
    async (id: string) => {
      const known = await loadAround(rid, id);
      anchor.current = { at: "row", key: id, top: (list.current?.clientHeight ?? 400) / 3 };
      noteEnd(false);
      move(around(known, id));
    },
    [rid],
  );

  return { list, messages: all.slice(from, to), atEnd: atEnd && whole, onScroll, toLatest, toMessage };
}
