// How the page looks and which language it speaks: kept in this browser, so that it is so before anybody has logged in
// (public/boot.js reads the same key before the first paint), and on the server, so that other browsers follow.

import { createStore, useStore } from "zustand";
import { i18n, languages, nearest } from "@/i18n";
import { call } from "@/lib/client/link";
import { readJson, writeJson } from "@/lib/store/local";
import { type State, store } from "@/lib/store/state";

export const themes = ["system", "light", "dark", "high-contrast"] as const;
export type Theme = (typeof themes)[number];
export const densities = ["comfortable", "compact"] as const;
export type Density = (typeof densities)[number];

export interface Appearance {
  theme: Theme;
  density: Density;
  language?: string;
  direction?: "ltr" | "rtl";
  /** The theme was chosen while nobody was logged in: it stands until its user is known to want another. */
  early?: boolean;
}

const KEPT = "gantry.appearance";

/** What the server calls a theme. Older clients know no high contrast, and take it for the system's. */
export function serverTheme(theme: Theme): string {
  return theme === "system" ? "auto" : theme;
}

/** The theme that the server's word means. */
export function themeOf(word: unknown): Theme | undefined {
  if (word === "auto") return "system";
  return themes.find((theme) => theme === word);
}

export function readAppearance(kept: Partial<Appearance> | undefined): Appearance {
  const theme = themeOf(kept?.theme) ?? themes.find((one) => one === kept?.theme) ?? "system";
  const density = densities.find((one) => one === kept?.density) ?? "comfortable";
  return { theme, density, language: kept?.language, direction: kept?.direction, early: kept?.early === true || undefined };
}

const appearance = createStore<Appearance>(() => readAppearance(readJson<Partial<Appearance>>(KEPT)));

export function useAppearance<T>(select: (appearance: Appearance) => T): T {
  return useStore(appearance, select);
}

/** Puts a theme on the page. */
function paint({ theme, density }: Appearance): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  if (density === "comfortable") delete root.dataset.density;
  else root.dataset.density = density;
  requestAnimationFrame(tintBrowser);
}

/** The browser's own bars take the page's ground. */
function tintBrowser(): void {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="theme-color"]');
  if (meta) meta.content = getComputedStyle(document.documentElement).backgroundColor;
}

function tellServer(preferences: Record<string, string>): Promise<unknown> {
  return store.getState().session ? call("saveUserPreferences", preferences) : Promise.resolve();
}

/** Chooses a theme. It holds here whatever happens; the promise fails where the server was not told. */
export async function setTheme(theme: Theme): Promise<void> {
  appearance.setState({ theme, early: store.getState().session === undefined || undefined });
  await tellServer({ themeAppearence: serverTheme(theme) });
}

/** Chooses a density, for this browser: another may have another screen. */
export function setDensity(density: Density): void {
  appearance.setState({ density });
}

/** Keeps the language that the page speaks now, whoever chose it. */
function keepLanguage(code: string): void {
  const direction = languages.find((one) => one.code === code)?.direction ?? "ltr";
  appearance.setState({ language: code, direction });
}

async function speak(code: string): Promise<void> {
  if (i18n.language === code) keepLanguage(code);
  else await i18n.changeLanguage(code);
}

/** Chooses a language, here and on the server. */
export async function setLanguage(code: string): Promise<void> {
  await speak(code);
  await tellServer({ language: code });
}

/** The theme to change to for the server's word, where it is another than `last`. Everybody has its default: that is no wish against an early choice. */
export function followed(word: unknown, last: unknown, early: boolean, standard: unknown): Theme | undefined {
  if (word === last || (early && last === undefined && word === standard)) return undefined;
  return themeOf(word);
}

const wishOf = ({ me }: State) => ({
  theme: me?.settings?.preferences?.themeAppearence,
  language: me?.language ?? me?.settings?.preferences?.language,
});

/** Follows what was chosen in another browser. */
function follow(state: State, before: State | undefined): void {
  if (state.me === before?.me) return;
  const [wish, last] = [wishOf(state), before && wishOf(before)];
  const standard = state.settings.get("Accounts_Default_User_Preferences_themeAppearence") ?? "auto";
  const theme = followed(wish.theme, last?.theme, appearance.getState().early === true, standard);
  if (theme) appearance.setState({ theme, early: undefined });
  if (typeof wish.language === "string" && wish.language && wish.language !== last?.language) void speak(nearest([wish.language]));
}

/** Begins to look as was chosen. */
export function startAppearance(): void {
  appearance.subscribe((now) => {
    paint(now);
    writeJson(KEPT, now);
  });
  paint(appearance.getState());
  i18n.on("languageChanged", keepLanguage);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tintBrowser);
  addEventListener("storage", ({ key }) => {
    // Another tab chose.
    if (key === KEPT) appearance.setState(readAppearance(readJson<Partial<Appearance>>(KEPT)));
  });
  follow(store.getState(), undefined);
  store.subscribe(follow);
}
