import { useWorkspace } from "@/app/store";
import type { Room } from "@/lib/protocol/documents";
import { type State } from "@/lib/store/state";
import { titleOf } from "@/lib/store/rooms";

/** What a room is called where it is named in a sentence: channels with their sign. */
export function calledIn(state: Pick<State, "rooms" | "subscriptions">, rid: string): string {
  const room = state.rooms.get(rid);
  const title = titleOf(state.subscriptions.get(rid), room);
  return room?.t === "c" || room?.t === "p" ? `#${title}` : title;
}

export function useRoomName(rid: string): string {
  return useWorkspace((state) => calledIn(state, rid));
}

/** With whom a conversation of two is; nothing for others. */
export function partnerName(state: Pick<State, "rooms" | "subscriptions">, rid: string): string | undefined {
  const room: Room | undefined = state.rooms.get(rid);
  if (room?.t !== "d" || (room.uids?.length ?? 2) > 2) return undefined;
  return state.subscriptions.get(rid)?.name;
}
