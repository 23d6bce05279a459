// Addresses of pages: those of Rocket.Chat's own client, so that links in old mails work.

import type { Named, Room, RoomType, Subscription } from "@/lib/protocol/documents";

const SEGMENT: Record<string, RoomType> = { channel: "c", group: "p", direct: "d" };

type Addressed = Pick<Subscription, "rid" | "t" | "name"> | Pick<Room, "_id" | "t" | "name">;

/** The page of a room. */
export function roomPath(room: Addressed): string {
  const rid = "rid" in room ? room.rid : room._id;
  const segment = Object.keys(SEGMENT).find((key) => SEGMENT[key] === room.t) ?? "channel";
  return `/${segment}/${encodeURIComponent(room.t === "d" ? rid : (room.name ?? rid))}`;
}

/** The page of a room at a message. */
export function messagePath(room: Addressed, id: string): string {
  return `${roomPath(room)}?msg=${encodeURIComponent(id)}`;
}

/** The kind of room that an address names. */
export function roomTypeOf(segment: string): RoomType | undefined {
  return SEGMENT[segment];
}

/** What a part of an address says; as it stands where it is no address. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The room that an address names. */
export function roomIn(path: string): Named | undefined {
  const [, segment = "", name] = path.split("/");
  const type = roomTypeOf(segment);
  return type && name ? { type, name: decoded(name) } : undefined;
}

export const paths = {
  home: "/home",
  directory: "/directory",
  login: "/login",
  register: "/register",
  setup: "/setup-wizard",
  account: "/account",
  admin: "/admin",
  apiDocs: "/api-docs",
  /** The page of an invitation, and the ways in that lead on to its room. */
  invited: (token: string, way: "login" | "register") => `/invite/${encodeURIComponent(token)}/${way}`,
} as const;
