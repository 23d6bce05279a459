// What is asked of the server about rooms, of whoever they are.

import type { Room, RoomType } from "@/lib/protocol/documents";
import { get } from "../parts/send";

export interface AdminRoom extends Room {
  encrypted?: boolean;
  teamMain?: boolean;
}

export interface AdminRooms {
  rooms: AdminRoom[];
  total: number;
  offset: number;
  count: number;
}

/** Which rooms a list shows. */
export type RoomFilter = "all" | Extract<RoomType, "c" | "p" | "d">;

interface RoomQuery {
  filter: RoomFilter;
  sought: string;
  order: string;
  offset: number;
  count: number;
}

export function listRooms({ filter, sought, order, offset, count }: RoomQuery): Promise<AdminRooms> {
  return get<AdminRooms>("rooms.adminRooms", { "types[]": filter === "all" ? undefined : filter, filter: sought, sort: order, offset, count });
}

export function readRoom(rid: string): Promise<AdminRoom> {
  return get<AdminRoom>("rooms.adminRooms.getRoom", { rid });
}

/** What a room is called; direct ones after who is in them. */
export function nameOf(room: AdminRoom): string {
  return room.fname || room.name || room.usernames?.join(", ") || room._id;
}
