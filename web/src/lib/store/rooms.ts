// How rooms are called and sorted.

import type { Room, Subscription } from "../protocol/documents";
import { millis } from "./moments";
import type { State } from "./state";

/** What a room is called, for this user. */
export function titleOf(subscription: Subscription | undefined, room: Room | undefined): string {
  const own = subscription?.fname || subscription?.name;
  return own || room?.fname || room?.name || (room?.usernames ?? []).join(", ");
}

/** The name that a room's picture is made from: a user's for two, else the room's. */
export function partnerOf(state: Pick<State, "session">, room: Room | undefined): string | undefined {
  if (room?.t !== "d" || (room.uids?.length ?? 0) > 2) return undefined;
  return room.uids?.find((uid) => uid !== state.session?.uid) ?? state.session?.uid;
}

/** When something last happened in a room. */
export function lastOf(subscription: Subscription, room: Room | undefined): number {
  return Math.max(millis(room?.lm), millis(room?.lastMessage?.ts), millis(subscription.ts));
}

export type Unread = "none" | "some" | "mention";

/** Whether there is something new for this user, as the user wants to be told. */
export function unreadOf(subscription: Subscription): Unread {
  const mentions = (subscription.userMentions ?? 0) + (subscription.groupMentions ?? 0);
  const counted = subscription.unread > 0 || mentions > 0;
  if (subscription.hideUnreadStatus) return counted && mentions > 0 && !subscription.hideMentionStatus ? "mention" : "none";
  if (counted) return "mention";
  return subscription.alert ? "some" : "none";
}

/** The number beside a room. */
export function badgeOf(subscription: Subscription): number {
  if (subscription.hideUnreadStatus && subscription.hideMentionStatus) return 0;
  const mentions = (subscription.userMentions ?? 0) + (subscription.groupMentions ?? 0);
  if (subscription.hideUnreadStatus) return mentions;
  return Math.max(subscription.unread, mentions);
}
