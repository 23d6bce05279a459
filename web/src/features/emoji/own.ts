// What this user reacts and writes with: the emoji used lately, and the skin tone. It stays in this browser.

import { readJson, writeJson } from "@/lib/store/local";
import { store } from "@/lib/store/state";
import { splitTones } from "./tones";

export interface OwnEmoji {
  /** Names without tones, the latest first. */
  recent: readonly string[];
  /** From 1 (light) to 5 (dark), 0 for none. */
  tone: number;
}

/** As many as two rows of the picker. */
const KEPT = 18;
/** What is offered before anybody has chosen anything. */
export const USUAL = ["thumbsup", "white_check_mark", "eyes", "tada", "heart", "joy"] as const;

const key = () => `gantry.emoji.${store.getState().session?.uid ?? ""}`;

export function recentEmoji(): OwnEmoji {
  const kept = readJson<Partial<OwnEmoji>>(key());
  return { recent: kept?.recent ?? [], tone: kept?.tone ?? 0 };
}

/** Notes that an emoji was used. */
export function noteEmoji(code: string): void {
  const own = recentEmoji();
  const name = splitTones(code.replaceAll(":", "")).base;
  writeJson(key(), { ...own, recent: [name, ...own.recent.filter((one) => one !== name)].slice(0, KEPT) });
}

export function chooseTone(tone: number): void {
  writeJson(key(), { ...recentEmoji(), tone });
}

/** The few that are one press away, in this user's tone where that is known to matter. */
export function quickEmoji(count: number): string[] {
  const { recent } = recentEmoji();
  return [...new Set([...recent, ...USUAL])].slice(0, count);
}
