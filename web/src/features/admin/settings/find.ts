import { find } from "../search/find";
import type { Definition } from "./definition";
import { heading, hint, label } from "./words";

/** Settings by what they are called, by their id, and by where they stand. */
export function findSettings(all: Iterable<Definition>, text: string, most: number): Definition[] {
  const sought = [...all]
    .filter((one) => one.type !== "group" && !one.hidden)
    .map((item) => ({ item, title: label(item), also: [item._id, hint(item), placeOf(item)].filter(Boolean).join(" ") }));
  return find(sought, text, most);
}

/** Where a setting stands: group and section. */
export function placeOf({ group, section }: Definition): string {
  return [heading(group ?? "other"), section && heading(section, group)].filter(Boolean).join(" › ");
}

/** The page of a setting. */
export function settingPath({ _id, group }: Definition): string {
  return `/admin/settings/${encodeURIComponent(group ?? "other")}?setting=${encodeURIComponent(_id)}`;
}
