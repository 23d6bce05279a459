// What is asked of the server about invitations, of whoever they are.

import { answered, rest } from "@/lib/api/rest";
import type { RoomType } from "@/lib/protocol/documents";

export interface AdminInvite {
  _id: string;
  rid: string;
  userId: string;
  maxUses: number;
  uses: number;
  createdAt: string;
  expires: string | null;
  /** For those who may know of every room. */
  room?: { t: RoomType; name?: string; fname?: string };
  u?: { username?: string; name?: string };
}

/** An invitation, and whether it was good when it was asked for. */
export interface ListedInvite extends AdminInvite {
  end: End;
}

export async function listInvites(): Promise<ListedInvite[]> {
  const found = (await answered(rest.GET("/api/v1/listInvites"))) as unknown as AdminInvite[];
  const now = Date.now();
  return found.map((invite) => ({ ...invite, end: endOf(invite, now) }));
}

export async function removeInvite(_id: string): Promise<void> {
  await answered(rest.DELETE("/api/v1/removeInvite/{_id}", { params: { path: { _id } } as never, body: { _id } }));
}

/** What its room is called. */
export function roomOf({ room, rid }: AdminInvite): string {
  return room?.fname || room?.name || rid;
}

export type End = "over" | "usedUp" | "open";

/** Whether somebody can still join by it. */
export function endOf({ expires, maxUses, uses }: Pick<AdminInvite, "expires" | "maxUses" | "uses">, now: number): End {
  if (expires !== null && Date.parse(expires) <= now) return "over";
  return maxUses > 0 && uses >= maxUses ? "usedUp" : "open";
}
