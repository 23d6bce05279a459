// Times, days and numbers in the language of the page.

import { i18n } from "./index";

/** Makes formatters of a kind once for each language: making one costs more than most of what is drawn with it. */
function kept<Options, Formatter>(make: (language: string, options: Options) => Formatter): (options: Options) => Formatter {
  const made = new Map<string, Formatter>();
  return (options) => {
    const key = i18n.language + JSON.stringify(options);
    let format = made.get(key);
    if (!format) made.set(key, (format = make(i18n.language, options)));
    return format;
  };
}

const formatter = kept((language, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options));
const numbers = kept((language, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, options));
const relative = kept((language, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(language, options));
const lists = kept((language, options: Intl.ListFormatOptions) => new Intl.ListFormat(language, options));

/** 14:05, 09:05; 2:05 PM, 9:05 AM */
export function time(ms: number): string {
  const halves = formatter({ hour: "numeric" }).resolvedOptions().hour12 === true;
  return formatter({ hour: halves ? "numeric" : "2-digit", minute: "2-digit" }).format(ms);
}

/** The time without morning or afternoon, where there is little room and the full one is near. */
export function clock(ms: number): string {
  const parts = formatter({ hour: "numeric", minute: "2-digit" }).formatToParts(ms);
  return parts.filter(({ type }) => type !== "dayPeriod").map(({ value }) => value).join("").trim();
}

/** Everything there is to say of a moment, for tooltips. */
export function full(ms: number): string {
  return formatter({ dateStyle: "full", timeStyle: "short" }).format(ms);
}

function midnight(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}

const DAY = 86_400_000;

/** Today, Yesterday, Monday, 3 March, 3 March 2025. */
export function day(ms: number, now = Date.now()): string {
  const days = Math.round((midnight(now) - midnight(ms)) / DAY);
  if (days === 0 || days === 1) {
    const words = relative({ numeric: "auto" }).format(-days, "day");
    return words.charAt(0).toLocaleUpperCase(i18n.language) + words.slice(1);
  }
  if (days > 1 && days < 7) return formatter({ weekday: "long" }).format(ms);
  const sameYear = new Date(ms).getFullYear() === new Date(now).getFullYear();
  return formatter(sameYear ? { day: "numeric", month: "long" } : { day: "numeric", month: "long", year: "numeric" }).format(ms);
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
  return numbers(n < 1000 ? {} : { notation: "compact", maximumFractionDigits: 1 }).format(n);
}

/** This, that and the other. */
export function list(words: readonly string[]): string {
  return lists({}).format(words);
}
