// What stands in a field, and the value that it stands for.

import type { SettingValue } from "@/lib/protocol/documents";
import type { Definition } from "./definition";

export type Read = { value: SettingValue } | { problem: "whole-number" | "too-small" | "too-large"; limit?: number };

/** The server shows this for a secret that is set, and takes it for "as it is". */
export const WITHHELD = "********";

const numeric = new Set(["int", "range", "timespan"]);

/** Units of a span of time, in seconds. */
export const units = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;
export type Unit = keyof typeof units;

/** What is shown for a value before anything is typed. */
export function draftOf(setting: Definition): string {
  const { value } = setting;
  if (setting.secret || value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.join(", ");
  return typeof value === "object" ? JSON.stringify(value, null, 2) : String(value);
}

/** The value that was typed. */
export function read(setting: Definition, draft: string): Read {
  if (numeric.has(setting.type)) return readNumber(setting, draft);
  if (setting.type === "roomPick") return { value: draft.split(",").map((name) => name.trim()).filter(Boolean) };
  return { value: setting.multiline || setting.type === "code" ? draft : draft.trim() };
}

function readNumber({ minValue, maxValue }: Definition, draft: string): Read {
  const text = draft.trim();
  if (!/^[+-]?\d{1,15}$/.test(text)) return { problem: "whole-number" };
  const value = Number(text);
  if (minValue !== undefined && value < minValue) return { problem: "too-small", limit: minValue };
  if (maxValue !== undefined && value > maxValue) return { problem: "too-large", limit: maxValue };
  return { value };
}

/** How many seconds one of a span's units is: some spans count milliseconds, which their defaults give away. */
export function tick(setting: Definition): number {
  const usual = typeof setting.packageValue === "number" ? setting.packageValue : 0;
  return usual >= 1_000_000 ? 0.001 : 1;
}

/** A span as a number of the largest unit that leaves no rest. */
export function spanOf(seconds: number): { amount: number; unit: Unit } {
  for (const unit of ["days", "hours", "minutes"] as const) {
    if (seconds >= units[unit] && seconds % units[unit] === 0) return { amount: seconds / units[unit], unit };
  }
  return { amount: seconds, unit: "seconds" };
}

/** Whether a value is the one that the setting came with. */
export function isDefault({ value, packageValue, secret }: Definition): boolean {
  if (secret) return value === "" || value === undefined;
  return JSON.stringify(value) === JSON.stringify(packageValue);
}
