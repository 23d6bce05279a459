// Words. A language is one folder of files, one for each area of the client; English is there at once, others are loaded
// when they are chosen.

import i18next, { type BackendModule, type TFunction } from "i18next";
import { useSyncExternalStore } from "react";

export interface Language {
  code: string;
  /** Its name in itself. */
  name: string;
  direction: "ltr" | "rtl";
}

export const languages: readonly Language[] = [
  { code: "en", name: "English", direction: "ltr" },
  { code: "de", name: "Deutsch", direction: "ltr" },
  { code: "es", name: "Español", direction: "ltr" },
  { code: "fr", name: "Français", direction: "ltr" },
  { code: "pt-BR", name: "Português (Brasil)", direction: "ltr" },
  { code: "ar", name: "العربية", direction: "rtl" },
];

type Words = Record<string, unknown>;

const english = import.meta.glob<Words>("./en/*.json", { eager: true, import: "default" });
const others = import.meta.glob<Words>(["./*/*.json", "!./en/*.json"], { import: "default" });

const area = (path: string) => path.slice(path.lastIndexOf("/") + 1, -".json".length);

/** One area of a language, loaded when it is first asked for. */
const files: BackendModule = {
  type: "backend",
  init() {},
  async read(language, _namespace, done) {
    const found = Object.entries(others).filter(([path]) => path.startsWith(`./${language}/`));
    if (found.length === 0) return done(new Error(`no words in ${language}`), null);
    const parts = await Promise.all(found.map(async ([path, load]) => [area(path), await load()] as const));
    done(null, Object.fromEntries(parts));
  },
};

/** The nearest language that there are words in. */
export function nearest(wished: readonly string[]): string {
  for (const wish of wished) {
    const exact = languages.find(({ code }) => code.toLowerCase() === wish.toLowerCase());
    const base = languages.find(({ code }) => code.split("-")[0] === wish.split("-")[0]?.toLowerCase());
    const found = exact ?? base;
    if (found) return found.code;
  }
  return "en";
}

const words = Object.fromEntries(Object.entries(english).map(([path, one]) => [area(path), one]));

export const i18nReady = i18next
  .use(files)
  .init({
    resources: { en: { translation: words } },
    partialBundledLanguages: true,
    lng: nearest(document.documentElement.lang ? [document.documentElement.lang, ...navigator.languages] : navigator.languages),
    fallbackLng: "en",
    supportedLngs: languages.map(({ code }) => code),
    // React escapes what it shows.
    interpolation: { escapeValue: false },
  });

i18next.on("languageChanged", (code) => {
  document.documentElement.lang = code;
  document.documentElement.dir = languages.find((one) => one.code === code)?.direction ?? "ltr";
});

/** The words as they stand, where nothing is put into them: much less work than the whole way, and most of what a page says. */
function plain(key: string): string | undefined {
  const found: unknown = i18next.getResource(i18next.language, "translation", key);
  return typeof found === "string" && !found.includes("{{") && !found.includes("$t(") ? found : undefined;
}

/** Another function for each language: what is worked out with it is worked out anew. */
function spoken() {
  const said = new Map<string, string>();
  const say = (key: string, values?: Record<string, unknown>): string => {
    if (values) return i18next.t(key, values);
    const known = said.get(key) ?? plain(key) ?? i18next.t(key);
    said.set(key, known);
    return known;
  };
  return { t: say as TFunction, i18n: i18next };
}
let now = spoken();
i18next.on("languageChanged", () => (now = spoken()));

function hear(changed: () => void): () => void {
  i18next.on("languageChanged", changed);
  return () => i18next.off("languageChanged", changed);
}

/** The words of the page's language. Every row asks for them: it costs one listener. */
export function useTranslation() {
  return useSyncExternalStore(hear, () => now);
}

export { default as i18n } from "i18next";
