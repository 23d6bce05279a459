// What the keys of the composer mean, by what the user prefers. Pure.

import type { Mark } from "./text";

export type Key = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

/** When Enter sends: always, never, or where there is a keyboard. */
export type SendOnEnter = "normal" | "alternative" | "desktop";

export type Meant = "send" | "newline" | { mark: Mark };

export function enterSends(preference: unknown, touch: boolean): boolean {
  if (preference === "alternative") return false;
  return !(preference === "desktop" && touch);
}

export function meant(event: Key, sends: boolean): Meant | undefined {
  const mod = event.ctrlKey || event.metaKey;
  if (event.key === "Enter") {
    if (mod) return "send";
    return event.shiftKey || event.altKey || !sends ? "newline" : "send";
  }
  if (!mod || event.altKey) return undefined;
  const key = event.key.toLowerCase();
  if (event.shiftKey) return key === "x" ? { mark: "~" } : undefined;
  const marks: Record<string, Mark> = { b: "*", i: "_", e: "`" };
  const mark = marks[key];
  return mark && { mark };
}
