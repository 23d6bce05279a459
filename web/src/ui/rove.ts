import type { KeyboardEvent } from "react";

/** How far a key goes among `count` members from `at`; `undefined` when it is no key of movement. */
function target(key: string, at: number, count: number, rtl: boolean): number | undefined {
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const forward = key === (rtl ? "ArrowLeft" : "ArrowRight");
  const back = key === (rtl ? "ArrowRight" : "ArrowLeft");
  if (!forward && !back) return undefined;
  return (at + (forward ? 1 : -1) + count) % count;
}

/**
 * Moves the focus among the members of a row by arrows, Home and End, round at its ends. Arrows go the way they point,
 * whichever way the row is read. Returns the member that has the focus now.
 */
export function rove(event: KeyboardEvent<HTMLElement>, members: readonly HTMLElement[]): HTMLElement | undefined {
  const at = members.findIndex((member) => member.contains(event.target as Node));
  if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const rtl = getComputedStyle(event.currentTarget).direction === "rtl";
  const next = target(event.key, at, members.length, rtl);
  if (next === undefined) return undefined;
  event.preventDefault();
  members[next]?.focus();
  return members[next];
}
