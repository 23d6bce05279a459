// The text of a message that is being edited, written down a moment after it was typed: the desk is written as a whole.

import { deskOf, keepEdit } from "./desk";

const PAUSE = 300;

let waiting: { rid: string; id: string; text: string } | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

export function keepEditSoon(rid: string, id: string, text: string): void {
  if (waiting && waiting.id !== id) flushEdits();
  waiting = { rid, id, text };
  timer ??= setTimeout(flushEdits, PAUSE);
}

/** Writes down what waits, unless the editing was left meanwhile. */
export function flushEdits(): void {
  clearTimeout(timer);
  timer = undefined;
  const edit = waiting;
  waiting = undefined;
  if (edit && deskOf(edit.rid).editing?._id === edit.id) keepEdit(edit.rid, edit.id, edit.text);
}

if (typeof addEventListener === "function") addEventListener("pagehide", flushEdits);
