// What a room's panel changes: shown at once, taken back where the server refuses.

import { explain } from "@/app/explain";
import { call } from "@/lib/client/link";
import type { Room, Subscription } from "@/lib/protocol/documents";
import type { RoomChanges } from "@/lib/protocol/methods";
import { now, store } from "@/lib/store/state";
import { toast } from "@/ui";
import { fieldPatch, roomPatch } from "./patches";

function patchRoom(rid: string, patch: Partial<Room>): () => void {
  const before = store.getState().rooms.get(rid);
  if (!before) return () => {};
  now((draft) => void draft.map("rooms").set(rid, { ...before, ...patch }));
  return () =>
    now((draft) => {
      const current = draft.get("rooms").get(rid);
      const back = Object.fromEntries(Object.keys(patch).map((key) => [key, before[key as keyof Room]]));
      if (current) draft.map("rooms").set(rid, { ...current, ...back });
    });
}

function patchSubscription(rid: string, patch: Partial<Subscription>): () => void {
  const before = store.getState().subscriptions.get(rid);
  if (!before) return () => {};
  now((draft) => void draft.map("subscriptions").set(rid, { ...before, ...patch }));
  return () =>
    now((draft) => {
      const current = draft.get("subscriptions").get(rid);
      const back = Object.fromEntries(Object.keys(patch).map((key) => [key, before[key as keyof Subscription]]));
      if (current) draft.map("subscriptions").set(rid, { ...current, ...back });
    });
}

/** Does what was shown already; where that fails, shows what was. */
async function orUndo(undo: () => void, doing: Promise<unknown>): Promise<void> {
  try {
    await doing;
  } catch (thrown) {
    undo();
    throw thrown;
  }
}

/** Changes a room. Fails with a `CallError`. */
export function saveRoom(rid: string, changes: RoomChanges): Promise<void> {
  return orUndo(patchRoom(rid, roomPatch(changes)), call("saveRoomSettings", rid, changes));
}

/** Changes how this user is told of a room. Fails with a `CallError`. */
export function saveNotification(rid: string, field: string, value: string): Promise<void> {
  return orUndo(patchSubscription(rid, fieldPatch(field, value)), call("saveNotificationSettings", rid, field, value));
}

export function setFavorite(rid: string, favorite: boolean): Promise<void> {
  return orUndo(patchSubscription(rid, { f: favorite }), call("toggleFavorite", rid, favorite));
}

export function setIgnored(rid: string, uid: string, ignore: boolean): Promise<void> {
  const others = (store.getState().subscriptions.get(rid)?.ignored ?? []).filter((one) => one !== uid);
  return orUndo(patchSubscription(rid, { ignored: ignore ? [...others, uid] : others }), call("ignoreUser", { rid, userId: uid, ignore }));
}

export function setBlocked(rid: string, blocked: string, block: boolean): Promise<void> {
  const act = block ? call("blockUser", { rid, blocked }) : call("unblockUser", { rid, blocked });
  return orUndo(patchSubscription(rid, { blocker: block }), act);
}

/** Runs an act whose failure is told in a corner of the screen, because nothing else is open. */
export function told(doing: Promise<unknown>): void {
  doing.catch((thrown: unknown) => toast({ kind: "danger", title: explain(thrown) }));
}
