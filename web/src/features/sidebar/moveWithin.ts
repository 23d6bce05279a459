// Arrow keys in a list of rows: one stop of the Tab key, whatever its length.

import type { KeyboardEvent } from "react";

const rowsOf = (list: HTMLElement) => [...list.querySelectorAll<HTMLElement>("[data-row]")];

function target(key: string, rows: HTMLElement[], from: number): HTMLElement | undefined {
  if (key === "ArrowDown") return rows[Math.min(from + 1, rows.length - 1)];
  if (key === "ArrowUp") return rows[Math.max(from - 1, 0)];
  if (key === "Home") return rows[0];
  if (key === "End") return rows.at(-1);
  return undefined;
}

/** Folds or unfolds a section by the arrows along the line of reading. */
function fold(row: HTMLElement, key: string): boolean {
  if (!row.dataset.fold || (key !== "ArrowLeft" && key !== "ArrowRight")) return false;
  const back = (key === "ArrowLeft") === (document.documentElement.dir !== "rtl");
  if ((row.ariaExpanded === "true") === back) row.click();
  return true;
}

export function moveWithin(event: KeyboardEvent, list: HTMLElement | null): void {
  if (!list || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const rows = rowsOf(list);
  const from = rows.findIndex((row) => row === document.activeElement);
  const row = rows[from];
  if (!row) return;
  const next = target(event.key, rows, from);
  if (!next && !fold(row, event.key)) return;
  event.preventDefault();
  next?.focus();
}
