// The theme, as the page's first script reads it (public/boot.js), and kept for this user's other devices.

import { readJson, writeJson } from "@/lib/store/local";
import { setPreference } from "./preferences";

export const themes = ["light", "dark", "high-contrast", "system"] as const;
export type Theme = (typeof themes)[number];

const APPEARANCE = "gantry.appearance";
/** The names that the protocol has for them. */
const PREFERENCE: Record<Theme, string> = { light: "light", dark: "dark", "high-contrast": "high-contrast", system: "auto" };

export function setTheme(theme: Theme): void {
  writeJson(APPEARANCE, { ...readJson<object>(APPEARANCE), theme });
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  setPreference("themeAppearence", PREFERENCE[theme]);
}
