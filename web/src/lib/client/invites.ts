// Invitations by link.

import { answered, rest } from "../api/rest";
import type { RoomType } from "../protocol/documents";

/** A link as its maker gets it. */
export interface InviteLink {
  _id: string;
  url: string;
  expires: string | null;
  maxUses: number;
  uses: number;
}

/** For how many days a link can be made, and for how many people; 0 is no end. */
export const inviteDays = [1, 7, 15, 30, 0] as const;
export const inviteUses = [1, 5, 10, 25, 50, 100, 0] as const;

/** This user's link into a room: one that is still good, or a new one. */
export async function findOrCreateInvite(rid: string, days: number, maxUses: number): Promise<InviteLink> {
  return (await answered(rest.POST("/api/v1/findOrCreateInvite", { body: { rid, days, maxUses } }))) as unknown as InviteLink;
}

/** Whether somebody can join by a link; its room is for those alone who do. */
export async function isGoodInvite(token: string): Promise<boolean> {
  return (await answered(rest.POST("/api/v1/validateInviteToken", { body: { token } }))).valid === true;
}

/** The room that a link led into. */
export interface Entered {
  rid: string;
  t: RoomType;
  name?: string;
}

const entering = new Map<string, Promise<Entered | undefined>>();

/** Joins the room of a link; nothing when the link lets nobody in. Asked twice at once it joins once, as a link may be for one use. */
export function enterByInvite(token: string): Promise<Entered | undefined> {
  const known = entering.get(token);
  if (known) return known;
  const joining = join(token).finally(() => entering.delete(token));
  entering.set(token, joining);
  return joining;
}

async function join(token: string): Promise<Entered | undefined> {
  if (!(await isGoodInvite(token))) return undefined;
  return (await answered(rest.POST("/api/v1/useInviteToken", { body: { token } }))).room as unknown as Entered;
}
