// What is being named at the caret: somebody, a room, an emoji, a command. Pure.

import { type Change, inCode } from "./text";

export type Kind = "@" | "#" | ":" | "/";

export interface Naming {
  kind: Kind;
  /** What was typed of the name. */
  query: string;
  /** Where its sign stands. */
  from: number;
}

/** What may stand before a name: the start, blanks, brackets, quotes and marks. */
const NAME = /(?:^|[\s([{"'“„*_~/])([@#])([\p{L}\p{M}\p{N}._-]*)$/u;
/** Two letters at least: `:)` and `:D` are faces, and a single letter finds everything. */
const EMOJI = /(?:^|[^\p{L}\p{N}:])(:)([\p{L}\p{N}_+-]{2,})$/u;
const COMMAND = /^(\/)([\w-]*)$/;
/** No name is longer; a text without blanks is not searched from its beginning. */
const LONGEST = 80;

export function namingAt(text: string, caret: number): Naming | undefined {
  const before = text.slice(0, caret);
  const command = caret <= LONGEST ? COMMAND.exec(before) : null;
  if (command) return { kind: "/", query: command[2] ?? "", from: 0 };
  const near = before.slice(-LONGEST);
  const found = NAME.exec(near) ?? EMOJI.exec(near);
  if (!found || inCode(text, caret)) return undefined;
  const query = found[2] ?? "";
  return { kind: found[1] as Kind, query, from: caret - query.length - 1 };
}

export function sameNaming(a: Naming | undefined, b: Naming | undefined): boolean {
  return a?.kind === b?.kind && a?.query === b?.query && a?.from === b?.from;
}

/** Puts what was chosen where the name was begun, and a blank behind it. */
export function completed(text: string, naming: Naming, insert: string): Change {
  const to = naming.from + 1 + naming.query.length;
  const blank = /^\s/.test(text.slice(to)) ? "" : " ";
  const at = naming.from + insert.length + 1;
  return { from: naming.from, to, insert: insert + blank, start: at, end: at };
}
