// Which room an address is of. Pure.

import { roomIn } from "@/app/paths";
import type { Subscription } from "@/lib/protocol/documents";

let last: { path: string; subscriptions: ReadonlyMap<string, Subscription>; rid: string | undefined } | undefined;

/** The same, looked for only when the address or the rooms are other: it is asked at each change of anything. */
export function currentIn(path: string, subscriptions: ReadonlyMap<string, Subscription>): string | undefined {
  if (last?.path !== path || last.subscriptions !== subscriptions) last = { path, subscriptions, rid: currentOf(path, subscriptions.values()) };
  return last.rid;
}

export function currentOf(path: string, subscriptions: Iterable<Subscription>): string | undefined {
  const named = roomIn(path);
  if (!named) return undefined;
  for (const one of subscriptions) {
    if (one.t === named.type && (one.name === named.name || one.rid === named.name)) return one.rid;
  }
  return undefined;
}
