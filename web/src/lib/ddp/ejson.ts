// EJSON, as far as it reaches this client: dates, escaped objects, and numbers that JSON has not.

type Json = unknown;

function isObject(value: Json): value is Record<string, Json> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What stands for something else than itself, or `undefined`. */
function special(value: Record<string, Json>, keys: string[]): { value: Json } | undefined {
  if (keys.length !== 1) return undefined;
  if (typeof value.$date === "number") return { value: new Date(value.$date) };
  if (isObject(value.$escape)) return { value: mapped(value.$escape) };
  if (typeof value.$InfNaN === "number") return { value: value.$InfNaN === 0 ? NaN : value.$InfNaN * Infinity };
  return undefined;
}

function mapped(value: Record<string, Json>): Record<string, Json> {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fromEjson(inner)]));
}

/** The value that an EJSON document stands for. */
export function fromEjson(value: Json): Json {
  if (Array.isArray(value)) return value.map(fromEjson);
  if (!isObject(value)) return value;
  return special(value, Object.keys(value))?.value ?? mapped(value);
}

/** The EJSON form of a value; keys without a value are left out. */
export function toEjson(value: Json): Json {
  if (value instanceof Date) return { $date: value.getTime() };
  if (Array.isArray(value)) return value.map((inner) => (inner === undefined ? null : toEjson(inner)));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [key, toEjson(inner)]),
  );
}
