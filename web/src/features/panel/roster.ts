// The members of a room as they are loaded, page by page, and told of by streams. Pure.

import type { FoundUser } from "@/lib/protocol/methods";
import type { Message, Moment } from "@/lib/protocol/documents";

/** Members of a page. */
export const PAGE = 50;

/** What a list of members is a list of. */
export interface Question {
  rid: string;
  text: string;
  /** Those who are not offline only. */
  online: boolean;
}

export const keyOf = ({ rid, text, online }: Question): string => `${rid} ${online} ${text.trim()}`;

export interface Roster {
  /** Of which question this is the answer. */
  key: string;
  members: readonly FoundUser[];
  total: number;
  more: boolean;
}

/** Joins a page on; people who moved between two pages are there once. */
export function joined(known: readonly FoundUser[], page: readonly FoundUser[]): FoundUser[] {
  const there = new Set(known.map((member) => member._id));
  return [...known, ...page.filter((member) => !there.has(member._id))];
}

/** The roles that each member has in the room, after somebody was given one or lost it. */
export type RolesOf = ReadonlyMap<string, readonly string[]>;

export interface RoleChange {
  type: "added" | "removed" | "changed";
  _id: string;
  u?: { _id: string };
  scope?: string;
}

export function changedRoles(roles: RolesOf, { type, _id, u }: RoleChange): RolesOf {
  if (!u) return roles;
  const without = (roles.get(u._id) ?? []).filter((role) => role !== _id);
  return new Map(roles).set(u._id, type === "removed" ? without : [...without, _id]);
}

const MEMBERSHIP = new Set(["uj", "ul", "ru", "au", "ut", "user-added-room-to-team"]);

/** The last message that says somebody came or went: when it is another, the list is another. */
export function lastMove(messages: readonly (Pick<Message, "_id" | "t"> & { ts: Moment })[] | undefined): string | undefined {
  return messages?.findLast((message) => message.t !== undefined && MEMBERSHIP.has(message.t))?._id;
}
