// What is asked of the server about rooms, of whoever they are.

import { answered, rest } from "@/lib/api/rest";
import type { Room, RoomType } from "@/lib/protocol/documents";

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

export async function listRooms({ filter, sought, order, offset, count }: RoomQuery): Promise<AdminRooms> {
  const query = { types: filter === "all" ? undefined : [filter], filter: sought || undefined, sort: order || undefined, offset, count };
  return (await answered(rest.GET("/api/v1/rooms.adminRooms", { params: { query } }))) as unknown as AdminRooms;
}

export async function readRoom(rid: string): Promise<AdminRoom> {
  return (await answered(rest.GET("/api/v1/rooms.adminRooms.getRoom", { params: { query: { rid } } }))) as unknown as AdminRoom;
}

/** What a room is called; direct ones after who is in them. */
export function nameOf(room: AdminRoom): string {
  return room.fname || room.name || room.usernames?.join(", ") || room._id;
}
