import { type RefObject, startTransition, useEffect, useState } from "react";

export interface Range {
  from: number;
  to: number;
}

/** So many rows are drawn whole. */
const WHOLE = 40;
/** Rows beyond the edges, and by how many the edges move. */
const BEYOND = 10;
const STEP = 10;

/** The rows to draw of `count` like ones, from the first one seen. Pure. */
export function rangeOf(count: number, first: number, seen: number): Range {
  const from = Math.floor((first - BEYOND) / STEP) * STEP;
  const to = Math.ceil((first + seen + BEYOND) / STEP) * STEP;
  return { from: Math.min(Math.max(0, from), count), to: Math.min(Math.max(0, to), count) };
}

/** Which rows of a long list are to be drawn; all of a short one. The list lies in an element that scrolls (`data-scroll`). */
export function useWindow(list: RefObject<HTMLElement | null>, count: number): Range {
  const [range, note] = useState<Range>({ from: 0, to: WHOLE });
  useEffect(() => {
    const rows = list.current;
    const frame = rows?.closest("[data-scroll]");
    if (!rows || !frame || count <= WHOLE) return;
    const look = () => {
      const height = rows.offsetHeight / count;
      if (height === 0) return;
      const above = frame.getBoundingClientRect().top - rows.getBoundingClientRect().top;
      const next = rangeOf(count, Math.floor(above / height), frame.clientHeight / height);
      // Behind what is more urgent: a list that jumps is seldom what is looked at.
      startTransition(() => note((before) => (before.from === next.from && before.to === next.to ? before : next)));
    };
    look();
    frame.addEventListener("scroll", look, { passive: true });
    // What is above grows and shrinks, too.
    const sizes = new ResizeObserver(look);
    sizes.observe(frame);
    if (frame.firstElementChild) sizes.observe(frame.firstElementChild);
    return () => {
      frame.removeEventListener("scroll", look);
      sizes.disconnect();
    };
  }, [list, count]);
  return count <= WHOLE ? { from: 0, to: count } : range;
}
