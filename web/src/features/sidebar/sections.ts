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
  title: string;
  last: number;
  fresh: boolean;
}

const collator = new Intl.Collator(undefined, { sensitivity: "base", numeric: true });

function byTitle(a: Entry, b: Entry): number {
  return collator.compare(a.title, b.title) || (a.rid < b.rid ? -1 : 1);
}

function byLast(a: Entry, b: Entry): number {
  return b.last - a.last || byTitle(a, b);
}

/** The sections that have something in them. */
export function sectionsOf(subscriptions: Iterable<Subscription>, rooms: Rooms, choices: Choices): Section[] {
  const found = new Map<SectionId, Entry[]>();
  for (const one of subscriptions) {
    if (!one.open) continue;
    const room = rooms.get(one.rid);
    const entry = { rid: one.rid, title: titleOf(one, room), last: lastOf(one, room), fresh: unreadOf(one) !== "none" };
    const id = sectionOf(one, choices);
    const list = found.get(id);
    if (list) list.push(entry);
    else found.set(id, [entry]);
  }
  const order = choices.sort === "alphabetical" ? byTitle : byLast;
  return ORDER.flatMap((id) => {
    const entries = found.get(id)?.toSorted(order);
    if (!entries) return [];
    return [{ id, rids: entries.map((entry) => entry.rid), fresh: entries.filter((entry) => entry.fresh).map((entry) => entry.rid) }];
  });
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
  return collapsed ? section.rids.filter((rid) => rid === current || section.fresh.includes(rid)) : section.rids;
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
