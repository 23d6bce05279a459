import type { Setting } from "@/lib/protocol/documents";

/** A setting with all that its field needs. */
export interface Definition extends Setting {
  type: string;
  readonly?: boolean;
  enterprise?: boolean;
  minValue?: number;
  maxValue?: number;
  editor?: string;
  /** Of code: its language. */
  code?: string;
  actionText?: string;
  alert?: string;
  fileConstraints?: { extensions?: string[]; width?: number; height?: number };
  processEnvValue?: unknown;
  autocomplete?: boolean;
}

/** Why a setting cannot be changed whatever other settings are. */
export type Lock = "fixed" | "absent" | "readonly";

export function lockOf(setting: Definition): Lock | undefined {
  if (setting.valueSource === "processEnvValue") return "fixed";
  if (setting.blocked) return "absent";
  return setting.readonly ? "readonly" : undefined;
}

const byOrder = (a: Definition, b: Definition) => (a.sorter ?? 0) - (b.sorter ?? 0) || a._id.localeCompare(b._id);

export interface SettingSection {
  tab: string | undefined;
  id: string | undefined;
  settings: Definition[];
}

/** The settings of a group (`other` for those that belong to none) by section, in the order in which they are meant to be read; what belongs to none comes first. */
export function sectionsOf(settings: Iterable<Definition>, group: string): SettingSection[] {
  const found = new Map<string, SettingSection>();
  const own = [...settings].filter((one) => (one.group ?? "other") === group && one.type !== "group" && !one.hidden);
  for (const one of own.toSorted(byOrder)) {
    const key = `${one.tab ?? ""}\n${one.section ?? ""}`;
    const section = found.get(key) ?? { tab: one.tab, id: one.section, settings: [] };
    section.settings.push(one);
    found.set(key, section);
  }
  const bare = (section: SettingSection) => (section.tab || section.id ? 1 : 0);
  return [...found.values()].toSorted((a, b) => bare(a) - bare(b));
}
