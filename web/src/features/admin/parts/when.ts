import type { Moment } from "@/lib/protocol/documents";

/** A moment of the past for a table: the day, and the time if it is today. */
export function day(moment: Moment | undefined, language: string): string {
  if (!moment) return "";
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return "";
  const today = date.toDateString() === new Date().toDateString();
  return date.toLocaleString(language, today ? { timeStyle: "short" } : { dateStyle: "medium" });
}

/** A moment with everything there is to say of it. */
export function full(moment: Moment | undefined, language: string): string {
  const date = new Date(moment ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? "" : date.toLocaleString(language, { dateStyle: "full", timeStyle: "medium" });
}
