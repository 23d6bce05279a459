// Keeping true what is known: everything is fetched once, then what changed since, and streams tell the rest.

import { millis, latest } from "../store/moments";
import type { Changes } from "../protocol/methods";
import type { ClientAction, Named, Permission, Role, Room, Setting, Subscription, User } from "../protocol/documents";
import { type Change, type Draft, now, type Session, soon, store } from "../store/state";
import { answered, rest } from "../api/rest";
import { ask, connection, listen, patiently } from "./link";
import { cache, cursors } from "./persist";
import { resend } from "./outbox";
import { catchUp, dropTimeline, loadNamed, noteGap } from "./timelines";
import { hearPresence, refreshPresence } from "./presence";
import { hearPersonal } from "./personal";

let ends: (() => void)[] = [];
let listening: string | undefined;

/** Catches up with the server, and hears of what changes from now on. */
export async function startSync(session: Session | undefined): Promise<void> {
  noteGap();
  if (listening !== (session?.uid ?? "")) {
    stopSync();
    listening = session?.uid ?? "";
    hearPublic();
    if (session) hearOwn(session.uid);
  }
  // Streams stand when this function has returned: what is fetched then overlaps with what they tell, and nothing is between.
  fetchSoon(session, 0);
}

export function stopSync(): void {
  for (const end of ends) end();
  ends = [];
  listening = undefined;
  clearTimeout(timer);
}

let timer: ReturnType<typeof setTimeout> | undefined;
/** How long is waited, at first and at most, until what failed is fetched again. */
const [AGAIN, LONGEST] = [1_000, 30_000];

function fetchSoon(session: Session | undefined, wait: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => void fetchAll(session, Math.min(Math.max(wait * 2, AGAIN), LONGEST)), wait);
}

const isHere = (session: Session | undefined) => store.getState().session?.uid === session?.uid;

async function fetchAll(session: Session | undefined, again: number): Promise<void> {
  try {
    const answers = [fetchSettings(), ...(session ? [fetchExpected(), fetchOwn(), fetchPermissions(), fetchRooms()] : [])];
    // In the order of what streams tell meanwhile; what comes together is drawn once.
    await Promise.all(answers.map(async (answer) => take(session, await answer)));
    if (!isHere(session)) return;
    now((draft) => {
      draft.set("ready", true);
      draft.set("inSync", true);
    });
    if (!session) return;
    cache.save();
    // Behind what is drawn now.
    setTimeout(() => void fetchRoles());
    void refreshPresence();
    // What a person wrote does not wait for what others did.
    resend();
    await catchUp();
  } catch {
    // The connection was lost midway: what is missing is fetched when it is back. Else the server is asked again.
    if (connection.ready && isHere(session)) fetchSoon(session, again);
  }
}

function take(session: Session | undefined, change: Change): void {
  if (isHere(session)) soon(change);
}

async function fetchSettings(): Promise<Change> {
  const settings = (await ask("public-settings/get")) as Setting[];
  return (draft) => draft.set("settings", new Map(settings.map((one) => [one._id, one.value])));
}

async function fetchPermissions(): Promise<Change> {
  const permissions = (await ask("permissions/get")) as Permission[];
  return (draft) => draft.set("permissions", new Map(permissions.map((one) => [one._id, one])));
}

/** Their names: nothing waits for them. */
async function fetchRoles(): Promise<void> {
  try {
    const { roles } = await patiently(() => answered(rest.GET("/api/v1/roles.list")));
    if (roles) now((draft) => draft.set("roles", new Map(roles.map((one: Role) => [one._id, one]))));
  } catch {
    // They go by their ids until the next time.
  }
}

async function fetchOwn(): Promise<Change> {
  const me = await patiently(() => answered(rest.GET("/api/v1/me")));
  return (draft) => draft.set("me", me as unknown as User);
}

async function fetchRooms(): Promise<Change> {
  // An empty start means everything: what is not in it is gone.
  const whole = cursors.subscriptions === 0;
  const [subscriptions, rooms] = await Promise.all([
    ask("subscriptions/get", new Date(cursors.subscriptions)),
    ask("rooms/get", new Date(cursors.rooms)),
  ]);
  return (draft) => {
    applySubscriptions(draft, subscriptions, whole);
    applyRooms(draft, rooms);
    cursors.subscriptions = latest(subscriptions.update, cursors.subscriptions);
    cursors.rooms = latest(rooms.update, cursors.rooms);
  };
}

let expected: Named | undefined;
/** How long the lists wait for its messages, at most. */
const EXPECTED = 1_000;

/** The room that is shown first. Where nothing is known of it, its messages come together with the lists. */
export function expectRoom(room: Named | undefined): void {
  expected = room;
}

async function fetchExpected(): Promise<Change> {
  const room = expected;
  expected = undefined;
  if (room && !store.getState().ready) await Promise.race([loadNamed(room).catch(() => {}), new Promise((resolve) => setTimeout(resolve, EXPECTED))]);
  return () => {};
}

function applySubscriptions(draft: Draft, changes: Changes<Subscription>, whole: boolean): void {
  const subscriptions = draft.map("subscriptions");
  const removed = new Set(changes.remove.map((one) => one._id));
  const there = whole ? new Set(changes.update.map((one) => one.rid)) : undefined;
  for (const [rid, one] of subscriptions) {
    if (removed.has(one._id) || (there && !there.has(rid))) removeSubscription(draft, rid);
  }
  for (const one of changes.update) putSubscription(draft, one);
}

function applyRooms(draft: Draft, changes: Changes<Room>): void {
  for (const room of changes.update) putRoom(draft, room);
  const rooms = draft.map("rooms");
  for (const { _id } of changes.remove) rooms.delete(_id);
}

export function putRoom(draft: Draft, room: Room): void {
  const known = draft.get("rooms").get(room._id);
  if (known && millis(known._updatedAt) > millis(room._updatedAt)) return;
  draft.map("rooms").set(room._id, room);
}

export function putSubscription(draft: Draft, subscription: Subscription): void {
  const known = draft.get("subscriptions").get(subscription.rid);
  if (known && millis(known._updatedAt) > millis(subscription._updatedAt)) return;
  draft.map("subscriptions").set(subscription.rid, subscription);
  if (draft.get("gone").has(subscription.rid)) draft.map("gone").delete(subscription.rid);
}

function removeSubscription(draft: Draft, rid: string): void {
  const subscriptions = draft.map("subscriptions");
  const known = subscriptions.get(rid);
  if (!known) return;
  subscriptions.delete(rid);
  draft.map("gone").set(rid, { name: known.fname || known.name, by: "unknown" });
  const room = draft.get("rooms").get(rid);
  if (room?.t !== "c") draft.map("rooms").delete(rid);
  dropTimeline(draft, rid);
}

/** Hears an event. Where that begins late, what may have been missed is fetched. */
function on(stream: string, event: string, handler: (args: unknown[]) => void): void {
  ends.push(listen(stream, event, handler, () => fetchSoon(store.getState().session, AGAIN)));
}

function hearPublic(): void {
  on("notify-all", "public-settings-changed", ([action, setting]) => {
    const one = setting as Setting;
    soon((draft) => {
      if (action === "removed") draft.map("settings").delete(one._id);
      else draft.map("settings").set(one._id, one.value);
    });
  });
}

function hearOwn(uid: string): void {
  on("notify-user", `${uid}/subscriptions-changed`, ([action, subscription]) => {
    const one = subscription as Subscription;
    soon((draft) => (action === "removed" ? removeSubscription(draft, one.rid) : putSubscription(draft, one)));
    cache.save();
  });
  on("notify-user", `${uid}/rooms-changed`, ([action, room]) => {
    const one = room as Room;
    soon((draft) => (action === "removed" ? forgetRoom(draft, one._id) : putRoom(draft, one)));
    cache.save();
  });
  on("notify-logged", "permissions-changed", ([action, permission]) => {
    const one = permission as Permission;
    soon((draft) => {
      if ((action as ClientAction) === "removed") draft.map("permissions").delete(one._id);
      else draft.map("permissions").set(one._id, one);
    });
  });
  on("roles", "roles", ([change]) => {
    const { type, ...role } = change as Role & { type: ClientAction };
    soon((draft) => (type === "removed" ? void draft.map("roles").delete(role._id) : void draft.map("roles").set(role._id, role)));
  });
  ends.push(...hearPersonal(uid), hearPresence());
}

function forgetRoom(draft: Draft, rid: string): void {
  draft.map("rooms").delete(rid);
  const known = draft.get("subscriptions").get(rid);
  if (!known) return;
  removeSubscription(draft, rid);
  draft.map("gone").set(rid, { name: known.fname || known.name, by: "delete" });
}
