// Keeping the place: whatever comes above, below or within, what is looked at stays where it is, to the pixel.

/** Where a list is looked at: at its end, or with a row's top this far below the list's own. */
export type Anchor = { at: "end" } | { at: "row"; key: string; top: number };

/** This near the end is at the end, in pixels. */
const NEAR = 24;

/** Messages alone: the line of a day moves up when older ones of the day come. */
function rows(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>("[data-message]")];
}

/** Where the list is looked at now. */
export function anchorOf(list: HTMLElement, mayEnd: boolean): Anchor {
  if (mayEnd && list.scrollHeight - list.scrollTop - list.clientHeight < NEAR) return { at: "end" };
  const top = list.getBoundingClientRect().top;
  const first = firstBelow(rows(list), top);
  if (!first) return { at: "end" };
  return { at: "row", key: first.dataset.message ?? "", top: first.getBoundingClientRect().top - top };
}

/** The first row that reaches below a height: rows are in order, so half of them need no look. */
function firstBelow(all: HTMLElement[], top: number): HTMLElement | undefined {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = all[middle];
    if (row && row.getBoundingClientRect().bottom <= top) low = middle + 1;
    else high = middle;
  }
  return all[low];
}

/** Puts the list back to where it was looked at. */
export function restore(list: HTMLElement, anchor: Anchor): void {
  if (anchor.at === "end") {
    list.scrollTop = list.scrollHeight;
    return;
  }
  const row = list.querySelector<HTMLElement>(`[data-message="${CSS.escape(anchor.key)}"]`);
  if (!row) return;
  const off = row.getBoundingClientRect().top - list.getBoundingClientRect().top - anchor.top;
  // The smallest write still ends a smooth scroll: none where nothing has moved.
  if (Math.abs(off) >= 0.5) list.scrollTop += off;
}
