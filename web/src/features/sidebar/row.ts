// What one row of the sidebar shows.

import { roomPath } from "@/app/paths";
import type { PresenceStatus, Room, Subscription } from "@/lib/protocol/documents";
import { badgeOf, partnerOf, titleOf, unreadOf, type Unread } from "@/lib/store/rooms";
import type { Activity, Pending, State } from "@/lib/store/state";
import type { IconName } from "@/ui";

export interface RowView {
  title: string;
  path: string;
  icon: IconName | undefined;
  /** A person's: their picture stands in place of an icon. */
  username: string | undefined;
  etag: string | undefined;
  presence: PresenceStatus | undefined;
  unread: Unread;
  count: number;
  muted: boolean;
  draft: boolean;
  typing: string;
  failed: boolean;
}

/** What a row is made of: the same parts make the same row. */
interface Parts {
  subscription: Subscription;
  room: Room | undefined;
  presence: PresenceStatus | undefined;
  activity: Activity | undefined;
  outbox: readonly Pending[] | undefined;
  draft: boolean;
}

function typingIn(state: State, activity: Activity | undefined): string {
  if (!activity || activity.size === 0) return "";
  const own = [state.me?.username, state.me?.name];
  return [...activity.keys()].filter((name) => !own.includes(name)).join(", ");
}

function partsOf(state: State, rid: string): Parts | undefined {
  const subscription = state.subscriptions.get(rid);
  if (!subscription) return undefined;
  const room = state.rooms.get(rid);
  const partner = subscription.t === "d" ? partnerOf(state, room) : undefined;
  return {
    subscription,
    room,
    presence: partner ? (state.presence.get(partner)?.status ?? "offline") : undefined,
    activity: state.activity.get(rid),
    outbox: state.outbox.get(rid),
    draft: state.drafts.has(rid),
  };
}

function madeOf(state: State, { subscription, room, presence, activity, outbox, draft }: Parts): RowView {
  const pair = presence !== undefined;
  return {
    title: titleOf(subscription, room),
    path: roomPath(subscription),
    icon: subscription.t === "d" ? (pair ? undefined : "users") : subscription.t === "p" ? "lock" : "hash",
    username: pair ? subscription.name : undefined,
    etag: pair ? room?.avatarETag : undefined,
    presence,
    unread: unreadOf(subscription),
    count: badgeOf(subscription),
    muted: subscription.disableNotifications === true || subscription.hideUnreadStatus === true,
    draft,
    typing: typingIn(state, activity),
    failed: outbox?.some((one) => one.fate === "failed") ?? false,
  };
}

const made = new Map<string, { parts: Parts; row: RowView }>();

function sameParts(a: Parts, b: Parts): boolean {
  return (
    a.subscription === b.subscription && a.room === b.room && a.presence === b.presence && a.activity === b.activity && a.outbox === b.outbox && a.draft === b.draft
  );
}

/** A room's row. With a thousand rooms each change asks for a thousand rows: those of which nothing changed are not made anew. */
export function rowOf(state: State, rid: string): RowView | undefined {
  const parts = partsOf(state, rid);
  if (!parts) return void made.delete(rid);
  const known = made.get(rid);
  if (known && sameParts(known.parts, parts)) return known.row;
  const row = madeOf(state, parts);
  made.set(rid, { parts, row });
  return row;
}
