// The text area, as what is done to it sees it. It is the browser's own: nothing is drawn anew while somebody types.

import type { Change, Selected } from "./text";

export function selected({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): Selected {
  return { text: value, start: selectionStart, end: selectionEnd };
}

/** Makes a change in a way that the browser's undo can take back. */
export function make(field: HTMLTextAreaElement, { from, to, insert, start, end }: Change): void {
  field.focus();
  field.setSelectionRange(from, to);
  // Deprecated, and the only way into the history of undo; where it is missing the change is made without.
  const can = typeof document.execCommand === "function";
  const done = insert === "" ? from === to || (can && document.execCommand("delete")) : can && document.execCommand("insertText", false, insert);
  if (!done) {
    field.setRangeText(insert, from, to);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.setSelectionRange(start, end);
}

/** Puts another text into the field, with the caret behind it. */
export function fill(field: HTMLTextAreaElement, text: string): void {
  field.value = text;
  field.setSelectionRange(text.length, text.length);
  grow(field);
}

const GROWS = typeof CSS !== "undefined" && CSS.supports("field-sizing", "content");

/** Makes the field as high as its text, where the browser does not do it. */
export function grow(field: HTMLTextAreaElement): void {
  if (GROWS) return;
  field.style.blockSize = "auto";
  field.style.blockSize = `${field.scrollHeight}px`;
}
