// What is kept in the browser, so that the next visit shows the workspace at once, and reading goes on without a network.

import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Message, Permission, Role, Room, SettingValue, Subscription, User } from "../protocol/documents";
import { latest } from "../store/moments";
import { now, store } from "../store/state";
import { empty, KEPT } from "../store/timeline";

interface Kept {
  me: User | undefined;
  settings: [string, SettingValue][];
  permissions: Permission[];
  roles: Role[];
  rooms: Room[];
  subscriptions: Subscription[];
  /** What came by streams since may have gaps: the next visit begins where the last answer of the server ended. */
  cursors: { rooms: number; subscriptions: number };
}

interface Schema extends DBSchema {
  /** One entry for each user. */
  workspace: { key: string; value: Kept };
  /** The latest messages of rooms, by user and room. */
  messages: { key: [string, string]; value: Message[] };
}

/** Up to where each list is known, in epoch milliseconds. */
export const cursors = { rooms: 0, subscriptions: 0 };

let database: Promise<IDBPDatabase<Schema> | undefined> | undefined;

function open(): Promise<IDBPDatabase<Schema> | undefined> {
  database ??= openDB<Schema>("gantry", 1, {
    upgrade(db) {
      db.createObjectStore("workspace");
      db.createObjectStore("messages");
    },
  }).catch(() => undefined);
  return database;
}

let timer: ReturnType<typeof setTimeout> | undefined;
const touched = new Set<string>();
let all = false;

function later(): void {
  timer ??= setTimeout(() => {
    timer = undefined;
    void write();
  }, 1_500);
}

async function write(): Promise<void> {
  const state = store.getState();
  const uid = state.session?.uid;
  const db = await open();
  if (!db || !uid) return;
  const rids = [...touched];
  touched.clear();
  try {
    if (all) {
      all = false;
      const { me, settings, permissions, roles, rooms, subscriptions } = state;
      await db.put("workspace", { me, settings: [...settings], permissions: [...permissions.values()], roles: [...roles.values()], rooms: [...rooms.values()].filter((room) => subscriptions.has(room._id)), subscriptions: [...subscriptions.values()], cursors: { ...cursors } }, uid);
    }
    for (const rid of rids) {
      const timeline = state.timelines.get(rid);
      if (!timeline || timeline.hasNewer || timeline.loading === "first") continue;
      await db.put("messages", timeline.messages.slice(-KEPT), [uid, rid]);
    }
  } catch {
    // A full disk loses the cache, nothing else.
  }
}

async function restore(uid: string): Promise<void> {
  const db = await open();
  const kept = await db?.get("workspace", uid).catch(() => undefined);
  if (!kept || store.getState().session?.uid !== uid) return;
  Object.assign(cursors, kept.cursors);
  now((draft) => {
    draft.set("me", kept.me);
    draft.set("settings", new Map(kept.settings));
    draft.set("permissions", new Map(kept.permissions.map((one) => [one._id, one])));
    draft.set("roles", new Map(kept.roles.map((one) => [one._id, one])));
    draft.set("rooms", new Map(kept.rooms.map((one) => [one._id, one])));
    draft.set("subscriptions", new Map(kept.subscriptions.map((one) => [one.rid, one])));
    draft.set("ready", kept.me !== undefined);
  });
}

/** Shows what is kept of a room's messages, if there is nothing better yet and it is still wanted. */
async function messages(rid: string, wanted: () => boolean): Promise<void> {
  const uid = store.getState().session?.uid;
  const db = await open();
  const kept = uid ? await db?.get("messages", [uid, rid]).catch(() => undefined) : undefined;
  if (!kept || kept.length === 0 || !wanted() || store.getState().session?.uid !== uid) return;
  now((draft) => {
    const timeline = draft.get("timelines").get(rid);
    if (timeline && timeline.messages.length > 0) return;
    draft.map("timelines").set(rid, { ...(timeline ?? empty), messages: kept, syncedTo: new Date(latest(kept, 0)) });
  });
}

/** Nothing is known: the lists are fetched whole. */
function rewind(): void {
  Object.assign(cursors, { rooms: 0, subscriptions: 0 });
}

async function forget(uid: string): Promise<void> {
  rewind();
  const db = await open();
  await db?.delete("workspace", uid).catch(() => {});
  await db?.delete("messages", IDBKeyRange.bound([uid, ""], [uid, "\uffff"])).catch(() => {});
}

export const cache = {
  restore,
  messages,
  rewind,
  forget,
  /** Keeps the lists, a moment later. */
  save(): void {
    all = true;
    later();
  },
  /** Keeps a room's messages, a moment later. */
  touch(rid: string): void {
    touched.add(rid);
    later();
  },
};
