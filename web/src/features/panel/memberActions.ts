// What may be done with a member of a room. Pure: the server decides again.

import type { Room } from "@/lib/protocol/documents";

export const roomRoles = ["owner", "moderator", "leader"] as const;
export type RoomRole = (typeof roomRoles)[number];

export type MemberAction =
  | { act: "message" | "profile" | "mute" | "unmute" | "ignore" | "unignore" | "remove" }
  | { act: "grant" | "revoke"; role: RoomRole };

/** What there is to know of the room. */
export type RoomFacts = Pick<Room, "t" | "ro" | "muted" | "unmuted">;

export interface MemberSituation {
  room: RoomFacts;
  member: { _id: string; username: string };
  /** The roles of the member in the room. */
  roles: readonly string[];
  /** This user. */
  uid: string | undefined;
  /** Whether this user is a member. */
  joined: boolean;
  ignored: readonly string[];
  /** Whether this user has a permission, with the roles of the room. */
  may: (permission: string) => boolean;
}

/** Whether a member may not write; in a read-only room nobody may who is not listed for it. */
export function isMuted(room: RoomFacts, username: string): boolean {
  return room.ro ? !room.unmuted?.includes(username) : (room.muted?.includes(username) ?? false);
}

function order({ room, member, may }: MemberSituation): MemberAction[] {
  if (!may("mute-user")) return [];
  return [{ act: isMuted(room, member.username) ? "unmute" : "mute" }];
}

function removal({ room, may }: MemberSituation): MemberAction[] {
  const anywhere = room.t === "c" ? "kick-user-from-any-c-room" : "kick-user-from-any-p-room";
  return may("remove-user") || may(anywhere) ? [{ act: "remove" }] : [];
}

function ranks({ roles, may }: MemberSituation): MemberAction[] {
  return roomRoles.filter((role) => may(`set-${role}`)).map((role) => ({ act: roles.includes(role) ? "revoke" : "grant", role }));
}

/** What is offered for a member, in the order of the menu. */
export function memberActions(about: MemberSituation): MemberAction[] {
  const { room, member, uid, joined, ignored, may } = about;
  const mine = member._id === uid;
  const talk: MemberAction[] = !mine && may("create-d") ? [{ act: "message" }, { act: "profile" }] : [{ act: "profile" }];
  if (room.t === "d") return talk;
  const ignore: MemberAction[] = mine || !joined ? [] : [{ act: ignored.includes(member._id) ? "unignore" : "ignore" }];
  if (mine) return [...talk, ...ranks(about)];
  return [...talk, ...ranks(about), ...order(about), ...ignore, ...removal(about)];
}

/** Whether this user may bring others into a room. */
export function mayInvite(room: Room | undefined, joined: boolean, may: (permission: string) => boolean): boolean {
  if (!room || room.t === "d" || room.archived) return false;
  return may(room.t === "c" ? "add-user-to-any-c-room" : "add-user-to-any-p-room") || (joined && may("add-user-to-joined-room"));
}

/** Whether this user may make links that lead into a room. */
export function mayInviteByLink(room: Pick<Room, "t"> | undefined, joined: boolean, may: (permission: string) => boolean): boolean {
  return room !== undefined && room.t !== "d" && joined && may("create-invite-links");
}
