// The picker's rows: titles and lines of emoji, all of known heights, so that only what is in sight need be drawn. Pure.

import type { Emoji } from "./table";

export interface Section {
  id: string;
  emoji: readonly Emoji[];
}

export type PickerRow = { kind: "title"; id: string; top: number } | { kind: "line"; top: number; first: number; emoji: readonly Emoji[] };

export interface Layout {
  rows: readonly PickerRow[];
  /** All emoji in order; a place in it is what the keyboard moves. */
  emoji: readonly Emoji[];
  height: number;
  columns: number;
}

export function layOut(sections: readonly Section[], columns: number, cell: number, title: number): Layout {
  const rows: PickerRow[] = [];
  const all: Emoji[] = [];
  let top = 0;
  for (const { id, emoji } of sections) {
    if (emoji.length === 0) continue;
    if (id) {
      rows.push({ kind: "title", id, top });
      top += title;
    }
    for (let at = 0; at < emoji.length; at += columns) {
      const line = emoji.slice(at, at + columns);
      rows.push({ kind: "line", top, first: all.length, emoji: line });
      all.push(...line);
      top += cell;
    }
  }
  return { rows, emoji: all, height: top, columns };
}

/** The rows that are in sight, and some around. */
export function inSight(layout: Layout, scroll: number, height: number): readonly PickerRow[] {
  return layout.rows.filter((row) => row.top > scroll - 120 && row.top < scroll + height + 80);
}

function lines(layout: Layout) {
  return layout.rows.filter((row) => row.kind === "line");
}

/** Where a key leads from a place. */
export function moved(layout: Layout, place: number, key: string): number {
  const last = layout.emoji.length - 1;
  if (key === "ArrowRight") return Math.min(place + 1, last);
  if (key === "ArrowLeft") return Math.max(place - 1, 0);
  const all = lines(layout);
  const at = all.findIndex((line) => place >= line.first && place < line.first + line.emoji.length);
  const from = all[at];
  const to = all[at + (key === "ArrowDown" ? 1 : -1)];
  if (!from || !to) return place;
  return to.first + Math.min(place - from.first, to.emoji.length - 1);
}

export function rowOf(layout: Layout, place: number): PickerRow | undefined {
  return lines(layout).find((line) => place >= line.first && place < line.first + line.emoji.length);
}
