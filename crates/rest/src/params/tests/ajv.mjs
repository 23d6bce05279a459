// Asks ajv what it answers to many values for each schema in ajv.json, and writes a part of them there: for each list of
// messages a few values, and some values that pass. `npm install ajv@8` somewhere above this file first.
// `node ajv.mjs [VALUES-PER-SCHEMA] [FILE]`: with FILE, all answers go there.
import { readFileSync, writeFileSync } from 'node:fs';
import Ajv from 'ajv';

const [count = 20000, target] = process.argv.slice(2);
const own = new URL('ajv.json', import.meta.url);
const ajv = new Ajv({ coerceTypes: true, strict: false });
ajv.addKeyword({ keyword: 'isNotEmpty', type: 'string', validate: (_, text) => !!text.trim(), errors: false });

let seed = 7;
const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
const pick = (list) => list[random(list.length)];
const odd = [null, true, false, 0, 1, -1, 1.5, 10, 11, 1e21, 1.5e-7, '', ' ', 'a', 'abcd', 'é😀', 'true', 'false', '0', '1', '1.5',
  ' 12 ', '0x10', '1e3', '-', [], ['a'], [1, 2, 3], [[]], {}, { $ne: null }, { $regex: '.' }];

// A value that often fits the schema, and often does not.
function value(schema) {
  if (random(4) === 0) return structuredClone(pick(odd));
  const branches = schema.oneOf ?? schema.anyOf;
  if (branches && !schema.properties) return value(pick(branches));
  switch ([schema.type].flat()[0]) {
    case 'string': return schema.enum ? pick(schema.enum) : pick(['a', 'b', 'abc', 7]);
    case 'integer': case 'number': return pick([0, 1, 2, 5, '3', -0.5]);
    case 'boolean': return pick([true, false, 'true', 0]);
    case 'array': return Array.from({ length: random(4) }, () => value(schema.items));
    case 'object': return object(schema);
    default: return pick(odd);
  }
}

function object(schema) {
  const rate = 1 + random(4);
  const keys = Object.keys(schema.properties ?? {}).filter((key) => random(rate + 1) > 0 === (rate > 1));
  const pairs = keys.map((key) => [key, value(schema.properties[key])]);
  if (random(8) === 0) pairs.push(['stranger', 1]);
  return Object.fromEntries(pairs);
}

// From JSON Schema 2020-12 to what the published validators are written in.
function published(schema) {
  if (Array.isArray(schema)) return schema.map(published);
  if (schema === null || typeof schema !== 'object') return schema;
  const { type, pattern, ...rest } = Object.fromEntries(Object.entries(schema).map(([key, inner]) => [key, published(inner)]));
  const types = Array.isArray(type) ? { type: type[0], nullable: true } : type ? { type } : {};
  return { ...types, ...rest, ...(pattern === '\\S' ? { isNotEmpty: true } : {}) };
}

function answers(schema) {
  const validate = ajv.compile({ type: 'object', properties: { v: published(schema) } });
  return Array.from({ length: Number(count) }, () => {
    const v = value(schema);
    const data = { v: structuredClone(v) };
    return validate(data) ? { in: v, out: data.v } : { in: v, error: validate.errors.map((e) => e.message).join('\n ') };
  });
}

function few(cases) {
  const seen = new Map();
  return cases.filter((it) => {
    const key = it.error ?? 'fine';
    const text = JSON.stringify(it.in);
    const there = seen.get(key) ?? seen.set(key, new Set()).get(key);
    return there.size < (it.error ? 2 : 25) && text.length < 120 && !there.has(text) && there.add(text);
  });
}

const table = JSON.parse(readFileSync(own));
for (const [name, entry] of Object.entries(table)) {
  const cases = answers(entry.schema);
  table[name] = { schema: entry.schema, cases: target ? cases : few(cases) };
}
const line = ([name, { schema, cases }]) =>
  `${JSON.stringify(name)}: {\n"schema": ${JSON.stringify(schema)},\n"cases": [\n${cases.map((it) => JSON.stringify(it)).join(',\n')}\n]}`;
writeFileSync(target ?? own, `{\n${Object.entries(table).map(line).join(',\n')}\n}\n`);
