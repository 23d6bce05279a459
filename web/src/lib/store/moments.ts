import type { Moment } from "../protocol/documents";

/** Milliseconds of a moment; 0 where there is none. */
export function millis(moment: Moment | undefined | null): number {
  if (!moment) return 0;
  const ms = moment instanceof Date ? moment.getTime() : Date.parse(moment);
  return Number.isNaN(ms) ? 0 : ms;
}

export function asDate(moment: Moment | undefined | null): Date | undefined {
  const ms = millis(moment);
  return ms === 0 ? undefined : new Date(ms);
}

/** The latest `_updatedAt` of documents, or `since`. */
export function latest(documents: readonly { _updatedAt?: Moment }[], since: number): number {
  return documents.reduce((newest, one) => Math.max(newest, millis(one._updatedAt)), since);
}
