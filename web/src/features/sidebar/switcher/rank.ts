// What the quick switcher finds, best first. Pure.

export type Kind = "room" | "person" | "action";

export interface Candidate {
  key: string;
  kind: Kind;
  title: string;
  /** Other words it is found by: a user name, a topic. */
  also?: string;
  /** 2 mentions this user, 1 has something new, 0 nothing. */
  unread?: 0 | 1 | 2;
  /** When one was there last, in epoch milliseconds. */
  visited?: number;
}

/** Lower case, without accents: what is compared. */
export function folded(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLocaleLowerCase();
}

const BOUNDARY = /[\s._\-/#@]/;

/** Letters in order, the more of them at the start of words and side by side the better; 0 where they are not all there. */
function scattered(text: string, query: string): number {
  let sum = 0;
  let at = -1;
  for (const letter of query) {
    const next = text.indexOf(letter, at + 1);
    if (next === -1) return 0;
    if (next === at + 1) sum += 2;
    else if (BOUNDARY.test(text[next - 1] ?? " ")) sum += 2;
    else sum -= 1;
    at = next;
  }
  return Math.max(1, 20 + sum);
}

/** How well a text fits what was typed: 0 not at all, 100 the same. Both are folded. */
export function fit(text: string, query: string): number {
  if (query === "") return 1;
  if (text === query) return 100;
  if (text.startsWith(query)) return 90 - Math.min(9, text.length - query.length);
  const at = text.indexOf(query);
  if (at > 0 && BOUNDARY.test(text[at - 1] ?? "")) return 75;
  if (at > 0) return 60;
  return scattered(text, query);
}

const DAY = 86_400_000;

/** What was visited lately is meant more often. */
function nearness(visited: number | undefined, now: number): number {
  if (!visited) return 0;
  return 7 / (1 + Math.max(0, now - visited) / DAY);
}

const known = new WeakMap<Candidate, { title: string; also: string | undefined }>();

/** Its words as they are compared: the same for each letter that is typed. */
function wordsOf(one: Candidate): { title: string; also: string | undefined } {
  const words = known.get(one) ?? { title: folded(one.title), also: one.also && folded(one.also) };
  known.set(one, words);
  return words;
}

function score(one: Candidate, query: string, now: number): number {
  const { title, also } = wordsOf(one);
  // Other words count less than the name.
  const best = Math.max(fit(title, query), also ? fit(also, query) - 5 : 0);
  if (best <= 0) return 0;
  return best + (one.unread ?? 0) * 8 + nearness(one.visited, now) + (one.kind === "room" ? 3 : 0);
}

/** With nothing typed: what is new, then where one was last. */
function byUse(a: Candidate, b: Candidate): number {
  return (b.unread ?? 0) - (a.unread ?? 0) || (b.visited ?? 0) - (a.visited ?? 0);
}

/** A mark at the front narrows it down: `#` to rooms, `@` to people. */
export function narrowed(text: string): { query: string; kind: Kind | undefined } {
  const typed = text.trim();
  if (typed.startsWith("#")) return { query: typed.slice(1).trim(), kind: "room" };
  if (typed.startsWith("@")) return { query: typed.slice(1).trim(), kind: "person" };
  if (typed.startsWith(">")) return { query: typed.slice(1).trim(), kind: "action" };
  return { query: typed, kind: undefined };
}

/** Those that fit, best first; with nothing typed, rooms by use and then what can be done. */
export function ranked<T extends Candidate>(candidates: readonly T[], text: string, now: number, most = 50): T[] {
  const { query, kind } = narrowed(text);
  const of = kind ? candidates.filter((one) => one.kind === kind) : candidates;
  const wanted = folded(query);
  if (wanted === "") return of.toSorted((a, b) => Number(a.kind === "action") - Number(b.kind === "action") || byUse(a, b)).slice(0, most);
  return of
    .map((one) => ({ one, score: score(one, wanted, now) }))
    .filter((found) => found.score > 0)
    .toSorted((a, b) => b.score - a.score || byUse(a.one, b.one))
    .slice(0, most)
    .map(({ one }) => one);
}
