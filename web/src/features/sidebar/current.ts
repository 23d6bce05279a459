// Which room an address is of. Pure.

import { roomTypeOf } from "@/app/paths";
import type { Subscription } from "@/lib/protocol/documents";

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

let last: { path: string; subscriptions: ReadonlyMap<string, Subscription>; rid: string | undefined } | undefined;

/** The same, looked for only when the address or the rooms are other: it is asked at each change of anything. */
export function currentIn(path: string, subscriptions: ReadonlyMap<string, Subscription>): string | undefined {
  if (last?.path !== path || last.subscriptions !== subscriptions) last = { path, subscriptions, rid: currentOf(path, subscriptions.values()) };
  return last.rid;
}

export function currentOf(path: string, subscriptions: Iterable<Subscription>): string | undefined {
  const [, segment = "", rest] = path.split("/");
  const type = roomTypeOf(segment);
  if (!type || rest === undefined) return undefined;
  const name = decoded(rest);
  for (const one of subscriptions) {
    if (one.t === type && (one.name === name || one.rid === name)) return one.rid;
  }
  return undefined;
}
