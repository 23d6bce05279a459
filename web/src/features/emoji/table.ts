// The emoji that there are: what the generated table says, and how names are found in it. Pure.

import { splitTones, toned } from "./tones";

export interface Emoji {
  char: string;
  /** What it is written as; the first is used for what is new. */
  names: readonly string[];
  /** More words that find it, in one string. */
  words: string;
  /** Whether it comes in skin tones. */
  toned: boolean;
  /** The version of Unicode's emoji that brought it, where that is recent; else 0. */
  since: number;
}

export interface Group {
  id: string;
  emoji: readonly Emoji[];
}

export interface Table {
  /** In the order in which they are offered. */
  groups: readonly Group[];
  byName: ReadonlyMap<string, Emoji>;
}

/** Emoji that have a name and are not offered. */
const HIDDEN = "hidden";

function parseLine(line: string): Emoji {
  const [sign = "", names = "", words = ""] = line.split("\t");
  const [, char = sign, tones = "", since = "0"] = /^(.+?)(\+?)(?:@(\d+))?$/u.exec(sign) ?? [];
  return { char, names: names.split(" "), words, toned: tones !== "", since: Number(since) };
}

/** Reads the generated text. */
export function parseTable(text: string): Table {
  const groups: { id: string; emoji: Emoji[] }[] = [];
  const byName = new Map<string, Emoji>();
  for (const line of text.split("\n")) {
    // A line of an emoji has tabs; `#` is one of the emoji's first characters too.
    if (line.startsWith("#") && !line.includes("\t")) groups.push({ id: line.slice(1), emoji: [] });
    else if (line) {
      const emoji = parseLine(line);
      groups.at(-1)?.emoji.push(emoji);
      for (const name of emoji.names) byName.set(name, emoji);
    }
  }
  return { groups: groups.filter((group) => group.id !== HIDDEN), byName };
}

/** `:wave_tone3:` or `wave`, as a character; nothing for what the table does not know. */
export function lookUp(table: Table, code: string): string | undefined {
  const name = code.replaceAll(":", "");
  const exact = table.byName.get(name);
  if (exact) return exact.char;
  const { base, given } = splitTones(name);
  const emoji = given.length > 0 ? table.byName.get(base) : undefined;
  return emoji && (emoji.toned ? toned(emoji.char, given) : emoji.char);
}

/** What is written for an emoji, in a skin tone where it takes one. */
export function codeOf(emoji: Emoji, tone: number): string {
  const name = emoji.names[0] ?? "";
  return `:${emoji.toned && tone > 0 ? `${name}_tone${tone}` : name}:`;
}

export function charOf(emoji: Emoji, tone: number): string {
  return emoji.toned && tone > 0 ? toned(emoji.char, [tone]) : emoji.char;
}
