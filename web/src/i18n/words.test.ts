// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { languages } from "./index";

type Words = { [key: string]: string | Words };

const files = import.meta.glob<Words>("./*/*.json", { eager: true, import: "default" });
const sources = import.meta.glob<string>(["../**/*.{ts,tsx}", "!../**/*.test.{ts,tsx}"], { eager: true, query: "?raw", import: "default" });

/**
 * A key that is made of a fixed part and one known only later stands for all keys of its form. Where that would be too
 * many, these are the ones that are meant: others of the form count as unused unless something else names them.
 */
const meant: Record<string, readonly string[]> = {
  "actions.*": ["react", "quote", "edit", "copyText", "copyLink", "unread", "delete"],
  "account.tokens.*": ["renew", "remove"],
  "account.tokens.*Title": ["renew", "remove"],
  "account.tokens.*Body": ["renew", "remove"],
  "panel.info.*": ["topic", "description", "announcement"],
  "panel.info.*None": ["topic", "description", "announcement"],
  "panel.members.*": ["all", "online"],
};

/** Functions of a file that put an area before the key they are given. */
const shorthands: Record<string, { name: string; area: string }> = { "../features/composer/options.ts": { name: "words", area: "composer" } };

function flat(words: Words, before: string): [string, string][] {
  return Object.entries(words).flatMap(([key, value]) => (typeof value === "string" ? [[before + key, value]] : flat(value, `${before}${key}.`)));
}

/** Every text of a language by its whole key. */
function textsOf(code: string): Map<string, string> {
  const own = Object.entries(files).filter(([path]) => path.startsWith(`./${code}/`));
  return new Map(own.flatMap(([path, words]) => flat(words, `${path.slice(`./${code}/`.length, -".json".length)}.`)));
}

const PLURAL = /_(zero|one|two|few|many|other)$/;
const english = textsOf("en");
/** Without the endings of plurals: what the source asks for. */
const asked = new Set([...english.keys()].map((key) => key.replace(PLURAL, "")));

const isPlural = (base: string) => english.has(`${base}_other`);
const placeholders = (text: string) => [...new Set(text.match(/\{\{\w+\}\}|<\/?\w+\/?>/g))].toSorted();

/** The keys that a language must have: the plurals of English become its own. */
function due(code: string): string[] {
  const categories = new Intl.PluralRules(code).resolvedOptions().pluralCategories;
  return [...asked].flatMap((base) => (isPlural(base) ? categories.map((category) => `${base}_${category}`) : [base]));
}

/** Whether a text has what is put into it; a number may be said in words where it is no more than two. */
function fits(key: string, text: string): boolean {
  const base = key.replace(PLURAL, "");
  const model = english.get(isPlural(base) ? `${base}_other` : key);
  if (model === undefined) return true;
  const wanted = placeholders(model);
  const there = placeholders(text);
  if (!isPlural(base) || !/_(zero|one|two)$/.test(key)) return String(there) === String(wanted);
  const allowed = new Set([...wanted, ...placeholders(english.get(`${base}_one`) ?? "")]);
  return there.every((one) => allowed.has(one)) && wanted.every((one) => one === "{{count}}" || there.includes(one));
}

describe.each(languages.map(({ code }) => code))("the words in %s", (code) => {
  const texts = textsOf(code);

  it("have the keys of English, no more and no less", () => {
    const keys = new Set(due(code));
    expect({ missing: [...keys].filter((key) => !texts.has(key)), superfluous: [...texts.keys()].filter((key) => !keys.has(key)) }).toEqual({ missing: [], superfluous: [] });
  });

  it("say something everywhere", () => {
    expect([...texts].filter(([, text]) => text === "" || text !== text.trim())).toEqual([]);
  });

  it("have the placeholders of English", () => {
    expect([...texts].filter(([key, text]) => !fits(key, text))).toEqual([]);
  });
});

/** Whole keys that a source names, and the forms of those that it makes, with a star for each part known only later. */
function keysIn(path: string, text: string): string[] {
  const area = `(?:${[...new Set([...asked].map((key) => key.slice(0, key.indexOf("."))))].join("|")})\\.`;
  // The ids of toasts look like keys.
  const named = [...text.matchAll(new RegExp(`(?<!\\bid: )"(${area}[\\w.-]+)"`, "g"))];
  const made = [...text.matchAll(new RegExp(`\`(${area}(?:[\\w.-]|\\$\\{[^}]*\\})+)\``, "g"))].filter(([whole]) => whole.includes("$"));
  const keys = [...named, ...made].map(([, key = ""]) => key);
  const short = shorthands[path];
  if (short) {
    const given = text.matchAll(new RegExp(`\\b${short.name}\\(["\`]((?:[\\w.-]|\\$\\{[^}]*\\})+)["\`]`, "g"));
    keys.splice(keys.indexOf(`${short.area}.\${key}`), 1, ...[...given].map(([, key]) => `${short.area}.${key}`));
  }
  return keys.map((key) => key.replaceAll(/(?:\$\{[^}]*\})+/g, "*"));
}

/** What the keys of a form look like. */
function forms(form: string): RegExp[] {
  const whole = (part: string) => new RegExp(`^${form.replaceAll(".", "\\.").replaceAll("*", part)}$`);
  return meant[form]?.map(whole) ?? [whole("[^.]+")];
}

describe("the keys in the source", () => {
  const all = new Set(Object.entries(sources).flatMap(([path, text]) => keysIn(path, text)));
  const literal = [...all].filter((key) => !key.includes("*"));
  const made = [...all].filter((key) => key.includes("*"));

  it("are there", () => {
    expect(literal.filter((key) => !asked.has(key))).toEqual([]);
  });

  it("are there when they are made of parts", () => {
    expect(made.flatMap(forms).filter((form) => ![...asked].some((key) => form.test(key)))).toEqual([]);
    expect(Object.keys(meant).filter((form) => !all.has(form))).toEqual([]);
  });

  it("are all that there are", () => {
    const used = made.flatMap(forms);
    expect([...asked].filter((key) => !all.has(key) && !used.some((form) => form.test(key)))).toEqual([]);
  });
});
