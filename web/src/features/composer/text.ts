// What keys and buttons do to the text that is being written. Pure: a text and a selection in, a change out.

export interface Selected {
  text: string;
  start: number;
  end: number;
}

/** Replace `from`–`to` by `insert`, then select `start`–`end`. */
export interface Change {
  from: number;
  to: number;
  insert: string;
  start: number;
  end: number;
}

/** The marks of the server's markup. */
export type Mark = "*" | "_" | "~" | "`";

/** Puts a mark around what is selected, or takes it away; with nothing selected, around what will be typed. */
export function toggleMark({ text, start, end }: Selected, mark: Mark): Change {
  // A mark must touch what it marks.
  const chosen = text.slice(start, end);
  const from = start + (chosen.length - chosen.trimStart().length);
  const to = chosen.trim() === "" ? from : end - (chosen.length - chosen.trimEnd().length);
  const inner = text.slice(from, to);
  if (mark === "`" && inner.includes("\n")) return fenced(from, to, inner);
  if (text.slice(0, from).endsWith(mark) && text.slice(to).startsWith(mark)) {
    return { from: from - 1, to: to + 1, insert: inner, start: from - 1, end: to - 1 };
  }
  if (inner.length > 2 && inner.startsWith(mark) && inner.endsWith(mark)) {
    return { from, to, insert: inner.slice(1, -1), start: from, end: to - 2 };
  }
  return { from, to, insert: mark + inner + mark, start: from + 1, end: to + 1 };
}

function fenced(from: number, to: number, inner: string): Change {
  const insert = `\`\`\`\n${inner}\n\`\`\``;
  return { from, to, insert, start: from + 4, end: from + 4 + inner.length };
}

const ADDRESS = /^(?:https?:\/\/|mailto:)\S+$/i;

export function isAddress(text: string): boolean {
  return ADDRESS.test(text.trim());
}

/** Makes a link of what is selected, and leaves the caret where the other half belongs. */
export function makeLink({ text, start, end }: Selected): Change {
  const chosen = text.slice(start, end);
  if (isAddress(chosen)) return { from: start, to: end, insert: `[](${chosen.trim()})`, start: start + 1, end: start + 1 };
  const at = start + chosen.length + 3;
  return { from: start, to: end, insert: `[${chosen}]()`, start: chosen ? at : start + 1, end: chosen ? at : start + 1 };
}

/** An address that is pasted over words becomes their link; everything else is pasted as it is. */
export function pasted({ text, start, end }: Selected, clip: string): Change | undefined {
  const chosen = text.slice(start, end);
  if (!isAddress(clip) || chosen.trim() === "" || chosen.includes("\n") || isAddress(chosen)) return undefined;
  const insert = `[${chosen}](${clip.trim()})`;
  return { from: start, to: end, insert, start: start + insert.length, end: start + insert.length };
}

/** The beginning of a line that goes on in the next: a list, a task, a quote. */
const LEAD = /^(\s*)(?:([-*+])( \[[ x]\])?|(\d{1,6})([.)])|(>)) /;

function lineAt(text: string, at: number): { from: number; line: string } {
  const from = text.lastIndexOf("\n", at - 1) + 1;
  return { from, line: text.slice(from, at) };
}

function next(lead: RegExpExecArray): string {
  const [, indent = "", bullet, task, number, stop = "", quote] = lead;
  if (number !== undefined) return `${indent}${Number(number) + 1}${stop} `;
  return `${indent}${bullet ?? quote ?? ""}${task ? " [ ]" : ""} `;
}

/** A new line: a list goes on, and ends where its last item is left empty. */
export function newLine({ text, start, end }: Selected): Change {
  const { from, line } = lineAt(text, start);
  const lead = LEAD.exec(line);
  if (!lead || inCode(text, start)) return { from: start, to: end, insert: "\n", start: start + 1, end: start + 1 };
  if (line.length === lead[0].length && start === end) return { from, to: start, insert: "", start: from, end: from };
  const insert = `\n${next(lead)}`;
  return { from: start, to: end, insert, start: start + insert.length, end: start + insert.length };
}

/** Makes list items of the selected lines, or plain lines of items. */
export function toggleList({ text, start, end }: Selected): Change {
  const { from } = lineAt(text, start);
  const stop = text.indexOf("\n", end);
  const to = stop < 0 ? text.length : stop;
  const lines = text.slice(from, to).split("\n");
  const listed = lines.every((line) => /^\s*[-*+] /.test(line));
  const insert = lines.map((line) => (listed ? line.replace(/^(\s*)[-*+] /, "$1") : `- ${line}`)).join("\n");
  const last = from + insert.length;
  return { from, to, insert, start: start === end ? last : from, end: last };
}

/** Whether a place is within a block of code. */
export function inCode(text: string, at: number): boolean {
  return (text.slice(0, at).split("```").length - 1) % 2 === 1;
}

export function applied(text: string, change: Change): string {
  return text.slice(0, change.from) + change.insert + text.slice(change.to);
}
