import { millis } from "@/lib/store/moments";
import type { Moment } from "@/lib/protocol/documents";

/** The time of day where somebody is, so many hours from UTC. */
export function timeAt(utcOffset: number, now: number, language: string): string {
  const there = new Date(now + utcOffset * 3_600_000);
  return new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit", timeZone: "UTC" }).format(there);
}

/** A day, as people say it. */
export function dayOf(moment: Moment | undefined, language: string): string {
  const at = millis(moment);
  return at === 0 ? "" : new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric" }).format(at);
}

export const untils = ["never", "halfHour", "hour", "fourHours", "today", "week"] as const;
export type Until = (typeof untils)[number];

/** When a status that is set now ends by itself. */
export function endOf(until: Until, now: Date): Date | undefined {
  const hours = { halfHour: 0.5, hour: 1, fourHours: 4 } as const;
  if (until === "never") return undefined;
  if (until === "today" || until === "week") {
    // Weeks end with Sunday.
    const days = until === "today" ? 1 : 7 - ((now.getDay() + 6) % 7);
    return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
  }
  return new Date(now.getTime() + hours[until] * 3_600_000);
}
