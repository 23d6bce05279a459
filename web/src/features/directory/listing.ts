// What the directory lists, and how one asks for a page of it.

import type { Room, UserRef } from "@/lib/protocol/documents";

export type Shelf = "channels" | "users";

export interface Person extends UserRef {
  username: string;
  emails?: { address: string }[];
  nickname?: string;
  bio?: string;
  avatarETag?: string;
  createdAt?: Date;
}

export interface Asked {
  shelf: Shelf;
  text: string;
  sort: string;
  descending: boolean;
  page: number;
}

/** Entries of a page. */
export const PAGE = 50;

/** How each shelf begins: channels by how many are in them, people by name. */
export function beginning(shelf: Shelf): Asked {
  const channels = shelf === "channels";
  return { shelf, text: "", sort: channels ? "usersCount" : "name", descending: channels, page: 0 };
}

/** The parameters of `browseChannels`. */
export function queryOf({ shelf, text, sort, descending, page }: Asked) {
  return { type: shelf, text: text.trim(), workspace: "local", sortBy: sort, sortDirection: descending ? "desc" : "asc", offset: page * PAGE, limit: PAGE };
}

export function shelfOf(path: string): Shelf {
  return path.split("/")[2] === "users" ? "users" : "channels";
}

export type Entry = Room | Person;

export interface Listed {
  total: number;
  entries: readonly Entry[];
}

/** Whether a channel is joined, by one's own memberships. */
export function isJoined(rids: ReadonlyMap<string, unknown>, room: Pick<Room, "_id">): boolean {
  return rids.has(room._id);
}
