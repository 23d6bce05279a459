// Who is there. Somebody's presence is heard as long as a view shows it.

import type { PresenceStatus } from "../protocol/documents";
import { rest } from "../api/rest";
import { soon, store } from "../store/state";
import { connection } from "./link";

const STATUS: readonly PresenceStatus[] = ["offline", "online", "away", "busy"];
const watched = new Map<string, number>();
let toAdd = new Set<string>();
let toRemove = new Set<string>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Begins to hear of those who are watched. */
export function hearPresence(): () => void {
  return connection.listen("user-presence", "", (args, uid) => {
    const [, status, text] = (args[0] ?? []) as [string, number, string?];
    soon((draft) => draft.map("presence").set(uid, { status: STATUS[status] ?? "offline", text: text || undefined }));
  }, [{ added: [], removed: [] }], { late: () => void refreshPresence() });
}

/** Tells the server who is watched, all of them: after a reconnect. */
export async function refreshPresence(): Promise<void> {
  if (watched.size > 0) connection.amend("user-presence", "", { added: [...watched.keys()] });
  await load([...watched.keys()]);
}

async function load(ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  // Without an answer nobody is shown as anything until they come or go.
  const { data } = await rest.GET("/api/v1/users.presence", { params: { query: { ids: ids.slice(0, 500) } } }).catch(() => ({ data: undefined }));
  const users = (data as { users?: { _id: string; status?: PresenceStatus; statusText?: string }[] } | undefined)?.users ?? [];
  soon((draft) => {
    const presence = draft.map("presence");
    for (const user of users) presence.set(user._id, { status: user.status ?? "offline", text: user.statusText || undefined });
  });
}

function tell(): void {
  timer = undefined;
  const [added, removed] = [[...toAdd], [...toRemove]];
  toAdd = new Set();
  toRemove = new Set();
  if (!connection.open) return;
  if (added.length + removed.length > 0) connection.amend("user-presence", "", { added, removed });
  void load(added.filter((uid) => !store.getState().presence.has(uid)));
}

/** Hears of these users' presence until the returned function is called. */
export function watchPresence(uids: readonly string[]): () => void {
  for (const uid of uids) {
    const count = watched.get(uid) ?? 0;
    watched.set(uid, count + 1);
    if (count === 0 && !toRemove.delete(uid)) toAdd.add(uid);
  }
  timer ??= setTimeout(tell, 300);
  return () => {
    for (const uid of uids) {
      const count = (watched.get(uid) ?? 1) - 1;
      if (count > 0) watched.set(uid, count);
      else {
        watched.delete(uid);
        if (!toAdd.delete(uid)) toRemove.add(uid);
      }
    }
    timer ??= setTimeout(tell, 300);
  };
}

/** Takes in a presence that came with something else, as a list of members. */
export function notePresence(users: readonly { _id: string; status?: PresenceStatus; statusText?: string }[]): void {
  soon((draft) => {
    const presence = draft.map("presence");
    for (const { _id, status, statusText } of users) {
      if (status && !presence.has(_id)) presence.set(_id, { status, text: statusText });
    }
  });
}
