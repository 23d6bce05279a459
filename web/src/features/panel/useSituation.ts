import { useMemo } from "react";
import { useWorkspace } from "@/app/store";
import type { Room } from "@/lib/protocol/documents";
import type { State } from "@/lib/store/state";
import { may } from "@/lib/store/permissions";
import type { MemberSituation, RoomFacts } from "./memberActions";

/** What decides over the members' menus: of the room, and of this user in it. */
function factsOf(state: State, rid: string) {
  const { t, ro, muted, unmuted }: Partial<Room> = state.rooms.get(rid) ?? {};
  const seat = state.subscriptions.get(rid);
  return { t, ro, muted, unmuted, uid: state.session?.uid, joined: seat !== undefined, ignored: seat?.ignored ?? [], roles: seat?.roles ?? [] };
}

/** The same for all members of a room. Compared by value: with every message the room is another, and the list is long. */
export function useSituation(rid: string): Omit<MemberSituation, "member" | "roles"> | undefined {
  const key = useWorkspace((state) => JSON.stringify(factsOf(state, rid)));
  const me = useWorkspace((state) => state.me);
  const permissions = useWorkspace((state) => state.permissions);
  return useMemo(() => {
    const { t, ro, muted, unmuted, roles, ...rest } = JSON.parse(key) as ReturnType<typeof factsOf>;
    if (t === undefined) return undefined;
    const room: RoomFacts = { t, ro, muted, unmuted };
    const subscriptions = new Map([[rid, { roles }]]);
    return { room, ...rest, may: (permission: string) => may({ me, permissions, subscriptions }, permission, rid) };
  }, [key, me, permissions, rid]);
}
