// How much is new in all rooms together. Pure.

import type { Subscription } from "@/lib/protocol/documents";
import { badgeOf, unreadOf } from "@/lib/store/rooms";

export interface Total {
  /** What is counted: mentions, and messages of conversations. */
  count: number;
  /** Whether anything is new at all. */
  some: boolean;
}

/** Whether what is new in a room is told of outside the list of rooms. */
function tells({ unreadAlert }: Subscription, preferred: boolean): boolean {
  if (unreadAlert === undefined || unreadAlert === "default") return preferred;
  return unreadAlert === "all";
}

interface Share {
  count: number;
  /** Whether something is new that does not count, and whether that is told. */
  silent: false | "always" | "preferred";
}

/** What a room adds. A message changes one membership of a thousand: those of the others are known. */
const shares = new WeakMap<Subscription, Share>();

function shareOf(one: Subscription): Share {
  let share = shares.get(one);
  if (!share) shares.set(one, (share = worth(one)));
  return share;
}

function worth(one: Subscription): Share {
  if (one.open === false || one.archived) return { count: 0, silent: false };
  const count = one.unreadAlert === "nothing" ? 0 : badgeOf(one);
  if (unreadOf(one) !== "some" || !tells(one, true)) return { count, silent: false };
  return { count, silent: tells(one, false) ? "always" : "preferred" };
}

/** The sum of all rooms that are shown. `alerts`: whether it is told that something is new which does not count. */
export function totalOf(subscriptions: Iterable<Subscription>, alerts = true): Total {
  const total = { count: 0, some: false };
  for (const one of subscriptions) {
    const { count, silent } = shareOf(one);
    total.count += count;
    if (count > 0 || silent === "always" || (silent === "preferred" && alerts)) total.some = true;
  }
  return total;
}

/** As the desktop app and the protocol's events write it. */
export function signOf({ count, some }: Total): number | "•" | "" {
  if (count > 0) return count;
  return some ? "•" : "";
}

/** A tab's title with how much is new before it. */
export function marked(total: Total, title: string): string {
  const sign = signOf(total);
  const mark = typeof sign === "number" ? `(${sign > 99 ? "99+" : sign}) ` : sign && `${sign} `;
  return mark + title;
}

/** A title without such a mark. */
export function unmarked(title: string): string {
  return title.replace(/^(\(\d+\+?\)|•) /, "");
}
