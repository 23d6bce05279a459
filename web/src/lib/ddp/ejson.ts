// EJSON, as far as it reaches this client: dates, escaped objects, and numbers that JSON has not.

type Json = unknown;

function isObject(value: Json): value is Record<string, Json> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The value that an EJSON document stands for. The document becomes it: what was parsed is nobody else's, and a copy of long
 * lists costs more than parsing them.
 */
export function fromEjson(value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    for (let place = 0; place < value.length; place += 1) value[place] = fromEjson(value[place]);
    return value;
  }
  const given = value as Record<string, Json>;
  const keys = Object.keys(given);
  const [only] = keys;
  if (keys.length === 1 && only?.startsWith("$")) return special(given);
  return within(given, keys);
}

function within(value: Record<string, Json>, keys: string[]): Json {
  for (const key of keys) {
    const inner = value[key];
    // Most of what there is are texts and numbers.
    if (typeof inner === "object" && inner !== null) value[key] = fromEjson(inner);
  }
  return value;
}

/** What an object with one key that begins with `$` stands for. */
function special(value: Record<string, Json>): Json {
  if (typeof value.$date === "number") return new Date(value.$date);
  if (isObject(value.$escape)) return within(value.$escape, Object.keys(value.$escape));
  if (typeof value.$InfNaN === "number") return value.$InfNaN === 0 ? NaN : value.$InfNaN * Infinity;
  return within(value, Object.keys(value));
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
