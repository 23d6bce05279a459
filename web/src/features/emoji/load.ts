// The table is loaded when somebody first needs it: no page waits for it.

import { useSyncExternalStore } from "react";
import { onlyDrawn } from "./drawn";
import { recentEmoji } from "./own";
import { searchTable } from "./search";
import { charOf, codeOf, lookUp, parseTable, type Table } from "./table";

let table: Table | undefined;
let loading: Promise<Table> | undefined;
let failed = false;
const waiting = new Set<() => void>();

function tellAll(): void {
  for (const tell of waiting) tell();
}

/** The table, loaded once. */
export function loadEmoji(): Promise<Table> {
  loading ??= import("./table.gen").then(
    (module) => {
      failed = false;
      table = onlyDrawn(parseTable(module.table));
      tellAll();
      return table;
    },
    (error: unknown) => {
      // The next one who asks tries again.
      loading = undefined;
      failed = true;
      tellAll();
      throw error;
    },
  );
  return loading;
}

function subscribe(tell: () => void): () => void {
  waiting.add(tell);
  // Without the table names stand as text, and nobody is stopped.
  if (!table && !failed) loadEmoji().catch(() => {});
  return () => void waiting.delete(tell);
}

/** The table, as soon as it is there. */
export function useEmojiTable(): Table | undefined {
  return useSyncExternalStore(subscribe, () => table);
}

/** Whether it could not be loaded. */
export function useEmojiFailed(): boolean {
  return useSyncExternalStore(subscribe, () => failed);
}

const never = () => () => {};

/** The character that a short code stands for, with or without colons; nothing while it is not known, or for ever. */
export function useEmoji(code: string | undefined): string | undefined {
  return useSyncExternalStore(code ? subscribe : never, () => (table && code ? lookUp(table, code) : undefined));
}

export interface FoundEmoji {
  /** `:wave_tone3:` */
  code: string;
  char: string;
  name: string;
}

/** Emoji that answer to a text, the best first, in the skin tone of this user. */
export async function searchEmoji(text: string, limit = 8): Promise<FoundEmoji[]> {
  const known = table ?? (await loadEmoji());
  const { recent, tone } = recentEmoji();
  return searchTable(known, text, recent, limit).map((emoji) => ({ code: codeOf(emoji, tone), char: charOf(emoji, tone), name: emoji.names[0] ?? "" }));
}
