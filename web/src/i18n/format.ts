// Times, days and numbers in the language of the page.

import { i18n } from "./index";

/** A formatter that is made when it is first used, once for each language: making one costs more than most of what is drawn with it. */
function kept<Formatter>(make: (language: string) => Formatter): () => Formatter {
  const made = new Map<string, Formatter>();
  return () => {
    let format = made.get(i18n.language);
    if (!format) made.set(i18n.language, (format = make(i18n.language)));
    return format;
  };
}

const dates = (options: Intl.DateTimeFormatOptions) => kept((language) => new Intl.DateTimeFormat(language, options));

const minutes = kept((language) => {
  const halves = new Intl.DateTimeFormat(language, { hour: "numeric" }).resolvedOptions().hour12 === true;
  return new Intl.DateTimeFormat(language, { hour: halves ? "numeric" : "2-digit", minute: "2-digit" });
});
const short = dates({ hour: "numeric", minute: "2-digit" });
const whole = dates({ dateStyle: "full", timeStyle: "short" });
const weekday = dates({ weekday: "long" });
const dayOfYear = dates({ day: "numeric", month: "long" });
const dayAndYear = dates({ day: "numeric", month: "long", year: "numeric" });
const nearDay = kept((language) => new Intl.RelativeTimeFormat(language, { numeric: "auto" }));
const exact = kept((language) => new Intl.NumberFormat(language));
const compact = kept((language) => new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 }));
const lists = kept((language) => new Intl.ListFormat(language));

/** 14:05, 09:05; 2:05 PM, 9:05 AM */
export function time(ms: number): string {
  return minutes().format(ms);
}

/** The time without morning or afternoon, where there is little room and the full one is near. */
export function clock(ms: number): string {
  const parts = short().formatToParts(ms);
  return parts.filter(({ type }) => type !== "dayPeriod").map(({ value }) => value).join("").trim();
}

/** Everything there is to say of a moment, for tooltips. */
export function full(ms: number): string {
  return whole().format(ms);
}

function midnight(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}

const DAY = 86_400_000;

/** Today, Yesterday, Monday, 3 March, 3 March 2025. */
export function day(ms: number, now = Date.now()): string {
  const days = Math.round((midnight(now) - midnight(ms)) / DAY);
  if (days === 0 || days === 1) {
    const words = nearDay().format(-days, "day");
    return words.charAt(0).toLocaleUpperCase(i18n.language) + words.slice(1);
  }
  if (days > 1 && days < 7) return weekday().format(ms);
  const sameYear = new Date(ms).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? dayOfYear : dayAndYear)().format(ms);
}

/** Whether two moments are of one day, where the reader is. */
export function sameDay(a: number, b: number): boolean {
  return midnight(a) === midnight(b);
}

/** The time for today, else the day: for lists. */
export function brief(ms: number, now = Date.now()): string {
  return sameDay(ms, now) ? time(ms) : day(ms, now);
}

/** Exact up to 999, then 1k. */
export function count(n: number): string {
  return (n < 1000 ? exact : compact)().format(n);
}

/** This, that and the other. */
export function list(words: readonly string[]): string {
  return lists().format(words);
}
