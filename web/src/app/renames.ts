// A room that is on the screen gets another address when it gets another name, or becomes private: the page goes with it.

import { navigate } from "wouter/use-browser-location";
import { type State, store } from "@/lib/store/state";
import { roomPath } from "./paths";
import { view } from "./view";

/** Where a room is found, by what the user calls it. */
export function addressOf(state: Pick<State, "rooms" | "subscriptions">, rid: string): string | undefined {
  const room = state.rooms.get(rid) ?? state.subscriptions.get(rid);
  return room && roomPath(room);
}

export function followRenames(): void {
  store.subscribe((state, before) => {
    const { rid } = view.getState();
    if (rid === undefined || state.rooms === before.rooms) return;
    const [old, next] = [addressOf(before, rid), addressOf(state, rid)];
    if (old !== undefined && next !== undefined && old !== next && location.pathname === old) navigate(next + location.search, { replace: true });
  });
}
