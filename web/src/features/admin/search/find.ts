// Finding by words: all must occur, and what begins with them comes first.

export interface Sought<T> {
  item: T;
  /** What it is called. */
  title: string;
  /** What else it may be found by. */
  also: string;
}

const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function rank(title: string, also: string, words: readonly string[], whole: string): number | undefined {
  if (!words.every((word) => title.includes(word) || also.includes(word))) return undefined;
  if (title === whole) return 0;
  if (title.startsWith(whole)) return 1;
  if (title.includes(whole)) return 2;
  return words.every((word) => title.includes(word)) ? 3 : 4;
}

/** The best matches, best first. */
export function find<T>(all: Iterable<Sought<T>>, text: string, most: number): T[] {
  const whole = fold(text.trim());
  const words = whole.split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const hits: { item: T; at: number; title: string }[] = [];
  for (const { item, title, also } of all) {
    const at = rank(fold(title), fold(also), words, whole);
    if (at !== undefined) hits.push({ item, at, title });
  }
  return hits
    .toSorted((a, b) => a.at - b.at || a.title.length - b.title.length || a.title.localeCompare(b.title))
    .slice(0, most)
    .map(({ item }) => item);
}
