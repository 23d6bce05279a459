// What the server will accept, said before it is asked. Pure: the settings in, sentences' keys out.

import type { SettingValue } from "@/lib/protocol/documents";

export type Settings = ReadonlyMap<string, SettingValue>;

/** One demand on a password; `key` is its sentence, `count` its number. */
export interface PasswordRule {
  key: "minLength" | "maxLength" | "repeating" | "lowercase" | "uppercase" | "number" | "special";
  count?: number;
  met: (password: string) => boolean;
}

const POLICY = "Accounts_Password_Policy_";

function positive(settings: Settings, id: string): number | undefined {
  const value = settings.get(`${POLICY}${id}`);
  return typeof value === "number" && value > 0 ? value : undefined;
}

const on = (settings: Settings, id: string) => settings.get(`${POLICY}${id}`) === true;

/** No more than `most` of one character in a row. */
function repeats(password: string, most: number): boolean {
  let run = 0;
  let last: string | undefined;
  for (const letter of password) {
    run = letter === last ? run + 1 : 1;
    if (run > most) return true;
    last = letter;
  }
  return false;
}

/** The demands in force, in the order they are shown. */
export function passwordRules(settings: Settings): PasswordRule[] {
  if (!on(settings, "Enabled")) return [];
  const rules: PasswordRule[] = [];
  const min = positive(settings, "MinLength");
  const max = positive(settings, "MaxLength");
  const run = on(settings, "ForbidRepeatingCharacters") ? positive(settings, "ForbidRepeatingCharactersCount") : undefined;
  if (min) rules.push({ key: "minLength", count: min, met: (text) => text.length >= min });
  if (max) rules.push({ key: "maxLength", count: max, met: (text) => text.length <= max });
  if (on(settings, "AtLeastOneLowercase")) rules.push({ key: "lowercase", met: (text) => /[a-z]/.test(text) });
  if (on(settings, "AtLeastOneUppercase")) rules.push({ key: "uppercase", met: (text) => /[A-Z]/.test(text) });
  if (on(settings, "AtLeastOneNumber")) rules.push({ key: "number", met: (text) => /[0-9]/.test(text) });
  if (on(settings, "AtLeastOneSpecialCharacter")) rules.push({ key: "special", met: (text) => /[^A-Za-z0-9 ]/.test(text) });
  if (run) rules.push({ key: "repeating", count: run, met: (text) => !repeats(text, run) });
  return rules;
}

export function isPassword(settings: Settings, password: string): boolean {
  return password.trim() !== "" && passwordRules(settings).every((rule) => rule.met(password));
}

/** Whether the whole text is of the form that a setting asks for; a form that is none lets everything pass. */
export function hasForm(settings: Settings, id: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${String(settings.get(id) ?? ".+")})$`).test(text);
  } catch {
    return true;
  }
}

export function isUsername(settings: Settings, username: string): boolean {
  return hasForm(settings, "UTF8_User_Names_Validation", username);
}

export function isEmail(address: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(address);
}

/** A user name made of a person's name, as long as the person has chosen none. */
export function suggestedUsername(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .trim()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
    .slice(0, 2)
    .join(".");
}

/** The words of a piece of HTML, with its paragraphs as lines: texts of the administrator are shown, never run. */
export function plainText(html: string): string {
  const parsed = new DOMParser().parseFromString(html.replace(/<(?:br|\/p|\/div|\/li|\/h\d)[^>]*>/gi, "\n$&"), "text/html");
  return (parsed.body.textContent ?? "").replace(/\n{3,}/g, "\n\n").trim();
}
