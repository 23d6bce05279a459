// What one row of the sidebar shows. Pure, and flat, so that it is compared entry by entry.

import { roomPath } from "@/app/paths";
import type { PresenceStatus } from "@/lib/protocol/documents";
import { badgeOf, partnerOf, titleOf, unreadOf, type Unread } from "@/lib/store/rooms";
import type { State } from "@/lib/store/state";
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

function typingIn(state: State, rid: string): string {
  const who = state.activity.get(rid);
  if (!who || who.size === 0) return "";
  const own = [state.me?.username, state.me?.name];
  return [...who.keys()].filter((name) => !own.includes(name)).join(", ");
}

export function rowOf(state: State, rid: string): RowView | undefined {
  const subscription = state.subscriptions.get(rid);
  if (!subscription) return undefined;
  const room = state.rooms.get(rid);
  const partner = partnerOf(state, room);
  const icon = subscription.t === "d" ? (partner ? undefined : "users") : subscription.t === "p" ? "lock" : "hash";
  const draft = state.drafts.has(rid);
  return {
    title: titleOf(subscription, room),
    path: roomPath(subscription),
    icon,
    username: partner ? subscription.name : undefined,
    etag: partner ? room?.avatarETag : undefined,
    presence: partner ? (state.presence.get(partner)?.status ?? "offline") : undefined,
    unread: unreadOf(subscription),
    count: badgeOf(subscription),
    muted: subscription.disableNotifications === true || subscription.hideUnreadStatus === true,
    draft,
    typing: typingIn(state, rid),
    failed: state.outbox.get(rid)?.some((one) => one.fate === "failed") ?? false,
  };
}
