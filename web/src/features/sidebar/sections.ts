// Which rooms stand where in the sidebar. Pure.

import type { Preferences, Room, Subscription } from "@/lib/protocol/documents";
import { lastOf, titleOf, unreadOf } from "@/lib/store/rooms";

export type SectionId = "unread" | "favourites" | "channels" | "groups" | "direct" | "rooms";

export interface Section {
  id: SectionId;
  /** Room ids, as they are shown. */
  rids: string[];
  /** Those with something new. */
  fresh: string[];
}

export interface Choices {
  unreadFirst: boolean;
  favourites: boolean;
  byType: boolean;
  sort: "activity" | "alphabetical";
}

/** What the user chose; without a choice the server's defaults stand in the same document. */
export function choicesOf(preferences: Preferences | undefined): Choices {
  return {
    unreadFirst: preferences?.sidebarShowUnread === true,
    favourites: preferences?.sidebarShowFavorites !== false,
    byType: preferences?.sidebarGroupByType !== false,
    sort: preferences?.sidebarSortby === "alphabetical" ? "alphabetical" : "activity",
  };
}

type Rooms = ReadonlyMap<string, Room>;

export function sectionOf(subscription: Subscription, choices: Choices): SectionId {
  if (choices.unreadFirst && unreadOf(subscription) !== "none") return "unread";
  if (choices.favourites && subscription.f) return "favourites";
  if (!choices.byType) return "rooms";
  return subscription.t === "d" ? "direct" : subscription.t === "p" ? "groups" : "channels";
}

const ORDER: readonly SectionId[] = ["unread", "favourites", "rooms", "channels", "groups", "direct"];

interface Entry {
  rid: string;
  section: SectionId;
  title: string;
  last: number;
  fresh: boolean;
}

/** What an entry was made of: the same parts make the same entry. */
interface Made {
  subscription: Subscription;
  room: Room | undefined;
  entry: Entry;
}

/** The sections, and what the next ones are made from: with a thousand rooms, a message in one must not sort them all. */
export interface Arrangement {
  choices: Choices;
  made: ReadonlyMap<string, Made>;
  lists: ReadonlyMap<SectionId, readonly Entry[]>;
  sections: readonly Section[];
}

const collator = new Intl.Collator(undefined, { sensitivity: "base", numeric: true });

type Order = (a: Entry, b: Entry) => number;

const byTitle: Order = (a, b) => collator.compare(a.title, b.title) || (a.rid < b.rid ? -1 : 1);
const byLast: Order = (a, b) => b.last - a.last || byTitle(a, b);

function entryOf(subscription: Subscription, room: Room | undefined, choices: Choices): Entry {
  return {
    rid: subscription.rid,
    section: sectionOf(subscription, choices),
    title: titleOf(subscription, room),
    last: lastOf(subscription, room),
    fresh: unreadOf(subscription) !== "none",
  };
}

const sameEntry = (a: Entry, b: Entry) => a.section === b.section && a.title === b.title && a.last === b.last && a.fresh === b.fresh;

/** The entry as it was, if nothing that is seen of it is other. */
function made(subscription: Subscription, room: Room | undefined, choices: Choices, before: Made | undefined): Made {
  if (before?.subscription === subscription && before.room === room) return before;
  const entry = entryOf(subscription, room, choices);
  return { subscription, room, entry: before && sameEntry(before.entry, entry) ? before.entry : entry };
}

/** Where an entry belongs in a list that is in order. */
function placeIn(list: readonly Entry[], entry: Entry, order: Order): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = list[middle];
    if (other && order(other, entry) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** More than this part of a list is sorted whole: few are put in their places one by one. */
const FEW = 8;

/** The entries in order, from those of before: comparing names is what costs. */
function sorted(entries: readonly Entry[], before: readonly Entry[], order: Order): readonly Entry[] {
  const [now, then] = [new Set(entries), new Set(before)];
  const stay = before.filter((entry) => now.has(entry));
  const come = entries.filter((entry) => !then.has(entry));
  if (come.length === 0) return stay.length === before.length ? before : stay;
  if (come.length > stay.length / FEW) return entries.toSorted(order);
  for (const entry of come) stay.splice(placeIn(stay, entry, order), 0, entry);
  return stay;
}

function sameChoices(a: Choices, b: Choices): boolean {
  return a.unreadFirst === b.unreadFirst && a.favourites === b.favourites && a.byType === b.byType && a.sort === b.sort;
}

/** The sections that have something in them, made from those of before. */
export function arranged(subscriptions: Iterable<Subscription>, rooms: Rooms, choices: Choices, last?: Arrangement): Arrangement {
  const before = last && sameChoices(last.choices, choices) ? last : undefined;
  const known = new Map<string, Made>();
  const found = new Map<SectionId, Entry[]>();
  for (const one of subscriptions) {
    if (!one.open) continue;
    const next = made(one, rooms.get(one.rid), choices, before?.made.get(one.rid));
    known.set(one.rid, next);
    const list = found.get(next.entry.section);
    if (list) list.push(next.entry);
    else found.set(next.entry.section, [next.entry]);
  }
  const order = choices.sort === "alphabetical" ? byTitle : byLast;
  const lists = new Map([...found].map(([id, entries]) => [id, sorted(entries, before?.lists.get(id) ?? [], order)]));
  const sections = ORDER.flatMap((id) => {
    const entries = lists.get(id);
    const section = before && before.lists.get(id) === entries ? before.sections.find((one) => one.id === id) : undefined;
    return section ?? (entries ? sectionFrom(id, entries) : []);
  });
  return { choices, made: known, lists, sections: last && sameSections(last.sections, sections) ? last.sections : sections };
}

function sectionFrom(id: SectionId, entries: readonly Entry[]): Section {
  return { id, rids: entries.map((entry) => entry.rid), fresh: entries.filter((entry) => entry.fresh).map((entry) => entry.rid) };
}

const sameList = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((one, place) => one === b[place]);

export function sameSections(a: readonly Section[], b: readonly Section[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, place) => {
      const other = b[place];
      return other?.id === one.id && sameList(one.rids, other.rids) && sameList(one.fresh, other.fresh);
    })
  );
}

/** What is seen of a section: a collapsed one still shows what is new, and the room that one is in. */
export function shownOf(section: Section, collapsed: boolean, current: string | undefined): string[] {
  if (!collapsed) return section.rids;
  const fresh = new Set(section.fresh);
  return section.rids.filter((rid) => rid === current || fresh.has(rid));
}

/** The room above or below; with `wanted`, the next of those. Round the ends. */
export function neighbour(rids: readonly string[], from: string | undefined, way: 1 | -1, wanted: (rid: string) => boolean = () => true): string | undefined {
  const count = rids.length;
  const start = from === undefined ? -1 : rids.indexOf(from);
  const base = start === -1 ? (way === 1 ? -1 : count) : start;
  for (let step = 1; step <= count; step += 1) {
    const rid = rids[(((base + way * step) % count) + count) % count];
    if (rid !== undefined && rid !== from && wanted(rid)) return rid;
  }
  return undefined;
}
