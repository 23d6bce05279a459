import { find, type Sought } from "../search/find";
import type { Definition } from "./definition";
import { heading, hint, label } from "./words";

/** Settings by what they are called, by their id, and by where they stand. */
export function findSettings(all: Iterable<Definition>, text: string, most: number): Definition[] {
  const sought = [...all].filter((one) => one.type !== "group" && !one.hidden).map(soughtOf);
  return find(sought, text, most);
}

/** Words are made once, not with every letter that is typed. */
const made = new WeakMap<Definition, Sought<Definition>>();

function soughtOf(item: Definition): Sought<Definition> {
  const known = made.get(item);
  if (known) return known;
  const fresh = { item, title: label(item), also: [item._id, hint(item), placeOf(item)].filter(Boolean).join(" ") };
  made.set(item, fresh);
  return fresh;
}

/** Where a setting stands: group and section. */
export function placeOf({ group, section }: Definition): string {
  return [heading(group ?? "other"), section && heading(section, group)].filter(Boolean).join(" › ");
}

/** The page of a setting. */
export function settingPath({ _id, group }: Definition): string {
  return `/admin/settings/${encodeURIComponent(group ?? "other")}?setting=${encodeURIComponent(_id)}`;
}
