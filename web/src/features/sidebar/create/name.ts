// Whether a room can be called so. Pure; whether the name is free only the server knows.

import type { SettingValue } from "@/lib/protocol/documents";

type Settings = ReadonlyMap<string, SettingValue>;

/** What is wrong with a name: a key of `sidebar.newRoom.name`. */
export type NameProblem = "missing" | "form" | "long" | "taken";

const LONGEST = 255;

/** Whether names may be anything, because the address is made from them. */
export function anyName(settings: Settings): boolean {
  return settings.get("UI_Allow_room_names_with_special_chars") === true;
}

/** What becomes of a name as it is typed, where spaces are none: what people mean by them. */
export function asTyped(settings: Settings, typed: string): string {
  return anyName(settings) ? typed : typed.replace(/^[#\s]+/, "").replace(/\s+/g, "-");
}

export function problemOf(settings: Settings, name: string): NameProblem | undefined {
  const text = name.trim();
  if (text === "") return "missing";
  if (text.length > LONGEST) return "long";
  if (anyName(settings)) return undefined;
  try {
    return new RegExp(`^(?:${String(settings.get("UTF8_Channel_Names_Validation") ?? ".+")})$`).test(text) ? undefined : "form";
  } catch {
    // A form that only the server understands is the server's to judge.
    return undefined;
  }
}
