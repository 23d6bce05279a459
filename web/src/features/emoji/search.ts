// Finding an emoji by what people call it. Pure.

import type { Emoji, Table } from "./table";

/** How well a name answers to a text; less is better, nothing is not at all. */
function nameRank(name: string, text: string): number | undefined {
  if (name === text) return 0;
  // Of those that begin so, the shortest is the likeliest.
  if (name.startsWith(text)) return 1 + (name.length - text.length) / 1000;
  if (name.includes(`_${text}`)) return 2;
  return name.includes(text) ? 4 : undefined;
}

function rank(emoji: Emoji, text: string): number | undefined {
  const ranks = emoji.names.map((name) => nameRank(name, text)).filter((one) => one !== undefined);
  const words = ` ${emoji.words}`;
  if (`${words} `.includes(` ${text} `)) ranks.push(2.5);
  else if (words.includes(` ${text}`)) ranks.push(3);
  return ranks.length > 0 ? Math.min(...ranks) : undefined;
}

/** All words of a text must answer; the worst one decides. */
function rankAll(emoji: Emoji, parts: readonly string[]): number | undefined {
  let worst = 0;
  for (const part of parts) {
    const one = rank(emoji, part);
    if (one === undefined) return undefined;
    worst = Math.max(worst, one);
  }
  return worst;
}

/** Infinity is a place too. */
const order = (a: number, b: number) => (a === b ? 0 : a - b);
/** Ranks that are about the same. */
const band = (one: number) => Math.floor(one * 2);

/** The emoji that answer to a text, the best first; those used lately come first among equals. */
export function searchTable(table: Table, text: string, recent: readonly string[] = [], limit = Infinity): Emoji[] {
  const whole = text.trim().toLowerCase().replaceAll(":", "").replaceAll(/\s+/g, "_");
  if (!whole) return [];
  const parts = whole.split("_").filter(Boolean);
  const lately = new Map(recent.map((name, place) => [name, place]));
  const found: { emoji: Emoji; rank: number; lately: number }[] = [];
  for (const group of table.groups) {
    for (const emoji of group.emoji) {
      const ranks = [rank(emoji, whole), parts.length > 1 ? rankAll(emoji, parts) : undefined].filter((one) => one !== undefined);
      if (ranks.length > 0) found.push({ emoji, rank: Math.min(...ranks), lately: lately.get(emoji.names[0] ?? "") ?? Infinity });
    }
  }
  return found
    .toSorted((a, b) => order(band(a.rank), band(b.rank)) || order(a.lately, b.lately) || order(a.rank, b.rank))
    .slice(0, limit)
    .map((one) => one.emoji);
}
