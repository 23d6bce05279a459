// Which room an address means.

import type { RoomType } from "@/lib/protocol/documents";
import type { State } from "@/lib/store/state";

type Known = Pick<State, "subscriptions" | "rooms" | "gone">;

function find({ subscriptions, rooms, gone }: Known, type: RoomType, name: string): string | undefined {
  if (subscriptions.has(name) || rooms.get(name)?.t === type) return name;
  for (const one of subscriptions.values()) if (one.t === type && one.name === name) return one.rid;
  for (const one of rooms.values()) if (one.t === type && one.name === name) return one._id;
  for (const [rid, one] of gone) if (rid === name || one.name === name) return rid;
  return undefined;
}

let last: (Known & { type: RoomType; name: string; rid: string | undefined }) | undefined;

/** The room that is meant; one that just ended for this user is still known by its name. Looked for only when something it depends on is other: it is asked at each change of anything. */
export function roomNamed({ subscriptions, rooms, gone }: Known, type: RoomType, name: string): string | undefined {
  const known = { subscriptions, rooms, gone };
  if (last?.type === type && last.name === name && unmoved(last, known)) return last.rid;
  last = { ...known, type, name, rid: find(known, type, name) };
  return last.rid;
}

/** Whether nothing has changed, or nothing about the room that was found. */
function unmoved(then: Known & { rid: string | undefined }, now: Known): boolean {
  if (then.subscriptions === now.subscriptions && then.rooms === now.rooms && then.gone === now.gone) return true;
  const { rid } = then;
  if (rid === undefined || !now.subscriptions.has(rid)) return false;
  const [before, after] = [then.subscriptions.get(rid), now.subscriptions.get(rid)];
  return before?.name === after?.name && before?.t === after?.t;
}
