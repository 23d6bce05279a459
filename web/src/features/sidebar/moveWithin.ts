// Arrow keys in the list: one stop of the Tab key, whatever its length. Pure but for `rowAt`.

import type { SectionId } from "./sections";

interface Shown {
  id: SectionId;
  rids: readonly string[];
}

/** Section names and rooms, as one comes by them. */
export function orderOf(shown: readonly Shown[]): string[] {
  return shown.flatMap(({ id, rids }) => [id, ...rids]);
}

/** Where a key leads from a row. */
export function targetOf(key: string, order: readonly string[], from: string): string | undefined {
  const at = order.indexOf(from);
  if (at === -1) return undefined;
  if (key === "ArrowDown") return order[Math.min(at + 1, order.length - 1)];
  if (key === "ArrowUp") return order[Math.max(at - 1, 0)];
  if (key === "Home") return order[0];
  if (key === "End") return order.at(-1);
  return undefined;
}

/** The row of a section or room, if it is drawn. */
export function rowAt(list: HTMLElement | null, id: string): HTMLElement | null {
  const name = CSS.escape(id);
  return list?.querySelector<HTMLElement>(`[data-fold="${name}"], [data-rid="${name}"] [data-row]`) ?? null;
}

/** What a row is of. */
export function idOf(target: EventTarget): string | undefined {
  if (!(target instanceof HTMLElement)) return undefined;
  return target.dataset.fold ?? target.closest<HTMLElement>("[data-rid]")?.dataset.rid;
}

/** Whether a key folds or unfolds a section, by the line of reading. */
export function folds(row: HTMLElement, key: string): boolean {
  if (!row.dataset.fold || (key !== "ArrowLeft" && key !== "ArrowRight")) return false;
  const back = (key === "ArrowLeft") === (document.documentElement.dir !== "rtl");
  return (row.ariaExpanded === "true") === back;
}
