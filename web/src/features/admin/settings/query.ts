// Conditions on other settings: `{_id, value}`, or a list of them that must all hold; a value may be an object of operators,
// as in a database query.

import type { SettingValue } from "@/lib/protocol/documents";

export type ValueOf = (id: string) => SettingValue | undefined;

/** One condition: which setting, and what its value must be. */
export interface Condition {
  id: string;
  wanted: unknown;
}

type Test = (value: unknown, operand: unknown) => boolean;

const operators: Record<string, Test> = {
  $eq: (value, operand) => same(value, operand),
  $ne: (value, operand) => !same(value, operand),
  $in: (value, operand) => Array.isArray(operand) && operand.some((one) => same(value, one)),
  $nin: (value, operand) => Array.isArray(operand) && !operand.some((one) => same(value, one)),
  $exists: (value, operand) => (value !== undefined) === Boolean(operand),
  $gt: (value, operand) => both(value, operand, (a, b) => a > b),
  $gte: (value, operand) => both(value, operand, (a, b) => a >= b),
  $lt: (value, operand) => both(value, operand, (a, b) => a < b),
  $lte: (value, operand) => both(value, operand, (a, b) => a <= b),
};

function both(value: unknown, operand: unknown, test: (a: number, b: number) => boolean): boolean {
  return typeof value === "number" && typeof operand === "number" && test(value, operand);
}

function same(value: unknown, wanted: unknown): boolean {
  if (Object.is(value, wanted)) return true;
  // A database finds an element in a list by the same words as a value.
  if (Array.isArray(value) && !Array.isArray(wanted)) return value.some((one) => same(one, wanted));
  return typeof value === "object" && typeof wanted === "object" && JSON.stringify(value) === JSON.stringify(wanted);
}

function isOperators(wanted: unknown): wanted is Record<string, unknown> {
  return typeof wanted === "object" && wanted !== null && Object.keys(wanted).some((key) => key.startsWith("$"));
}

function matches(value: unknown, wanted: unknown): boolean {
  if (!isOperators(wanted)) return same(value, wanted);
  // What this client does not know does not stand in the way: the server decides when it is saved.
  return Object.entries(wanted).every(([name, operand]) => operators[name]?.(value, operand) ?? true);
}

function parsed(query: unknown): unknown {
  if (typeof query !== "string") return query;
  try {
    return JSON.parse(query) as unknown;
  } catch {
    return undefined;
  }
}

/** The conditions of a query, of whichever form. */
export function conditions(query: unknown): Condition[] {
  const read = parsed(query);
  const all = Array.isArray(read) ? read : [read];
  return all.flatMap((one: unknown) => {
    if (typeof one !== "object" || one === null || !("_id" in one)) return [];
    return [{ id: String(one._id), wanted: "value" in one ? one.value : { $exists: true } }];
  });
}

export function holds({ id, wanted }: Condition, valueOf: ValueOf): boolean {
  return matches(valueOf(id), wanted);
}

/** The conditions that do not hold; where there is none, the setting can be changed, or is shown. */
export function unmet(query: unknown, valueOf: ValueOf): Condition[] {
  return conditions(query).filter((condition) => !holds(condition, valueOf));
}
