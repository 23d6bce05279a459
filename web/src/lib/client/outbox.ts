// What this client sends: shown at once, kept until the server has it, sent again after the connection was away.
// The server takes a message's id from here and drops a second one, so sending twice is harmless.

import { asCallError } from "../ddp/errors";
import type { Attachment, Message } from "../protocol/documents";
import { newId } from "../store/ids";
import { readJson, writeJson } from "../store/local";
import { type Draft, now, type Pending, store } from "../store/state";
import { call, connection, patience } from "./link";

const key = (uid: string) => `gantry.outbox.${uid}`;

type Kept = Message & { ts: string };

/** Messages that are kept for this tab; others keep theirs in the same place. */
let own = new Set<string>();

function save(): void {
  const { session, outbox } = store.getState();
  if (!session) return;
  const others = (readJson<Kept[]>(key(session.uid)) ?? []).filter(({ _id }) => !own.has(_id));
  const mine = [...outbox.values()].flat().map(({ message }) => message);
  own = new Set(mine.map(({ _id }) => _id));
  const all = [...others.filter(({ _id }) => !own.has(_id)), ...mine];
  writeJson(key(session.uid), all.length > 0 ? all : undefined);
}

/** Takes over what was not sent when the page was left. */
export function adoptOutbox(uid: string): void {
  const messages = readJson<Kept[]>(key(uid)) ?? [];
  now((draft) => {
    for (const message of messages) {
      own.add(message._id);
      if (!pendingIn(draft, message)) put(draft, { message: { ...message, ts: new Date(message.ts) }, fate: "waiting" });
    }
  });
}

const pendingIn = (draft: Draft, { rid, _id }: Message) => draft.get("outbox").get(rid)?.some((one) => one.message._id === _id) ?? false;

function put(draft: Draft, pending: Pending): void {
  const { rid, _id } = pending.message;
  const list = draft.get("outbox").get(rid) ?? [];
  const known = list.some((one) => one.message._id === _id);
  draft.map("outbox").set(rid, known ? list.map((one) => (one.message._id === _id ? pending : one)) : [...list, pending]);
}

function remove(draft: Draft, rid: string, id: string): void {
  const list = draft.get("outbox").get(rid);
  if (!list?.some((one) => one.message._id === id)) return;
  const rest = list.filter((one) => one.message._id !== id);
  if (rest.length > 0) draft.map("outbox").set(rid, rest);
  else draft.map("outbox").delete(rid);
}

/** A message of this client that has come back needs no pending one any more. */
export function settleOwn(draft: Draft, message: Message): void {
  if (!pendingIn(draft, message)) return;
  remove(draft, message.rid, message._id);
  setTimeout(save, 0);
}

/** Sends a text to a room. It is shown at once, with the quotes that the server will make of its links, and stays if it cannot be sent. */
export function sendText(rid: string, msg: string, quotes: Attachment[] = []): void {
  const { me, session } = store.getState();
  if (!session) return;
  const u = { _id: session.uid, username: me?.username, name: me?.name };
  const pending: Pending = { message: { _id: newId(), rid, msg, ts: new Date(), u, attachments: quotes }, fate: "waiting" };
  now((draft) => put(draft, pending));
  save();
  void deliver(pending);
}

/** Tries again to send what failed. */
export function retry(rid: string, id: string): void {
  const pending = store.getState().outbox.get(rid)?.find((one) => one.message._id === id);
  if (pending) void deliver(pending);
}

/** Gives up what could not be sent; its text, to be put back into the composer. */
export function discard(rid: string, id: string): string {
  const text = store.getState().outbox.get(rid)?.find((one) => one.message._id === id)?.message.msg ?? "";
  now((draft) => remove(draft, rid, id));
  save();
  return text;
}

/** Messages of a room leave one after the other, in the order they were written. */
const lines = new Map<string, Promise<void>>();
/** Those that stand in a line: none stands in it twice. */
const queued = new Set<string>();

async function deliver(pending: Pending): Promise<void> {
  const { rid, _id } = pending.message;
  if (queued.has(_id)) return;
  queued.add(_id);
  const line = (lines.get(rid) ?? Promise.resolve()).then(() => attempt(pending));
  lines.set(rid, line);
  await line;
  queued.delete(_id);
  if (lines.get(rid) === line) lines.delete(rid);
}

async function attempt(pending: Pending): Promise<void> {
  const { _id, rid, msg } = pending.message;
  const waits = () => store.getState().outbox.get(rid)?.some((one) => one.message._id === _id);
  // Before the login is done the server would refuse it; then it is sent by `resend`.
  if (!waits() || !connection.ready) return;
  now((draft) => put(draft, { ...pending, fate: "sending", error: undefined }));
  try {
    const sent = await call("sendMessage", { _id, rid, msg });
    now((draft) => {
      remove(draft, rid, _id);
      arrive(draft, sent);
    });
    save();
  } catch (thrown) {
    const error = asCallError(thrown);
    if (!waits()) return;
    if (error.id === "too-many-requests") {
      now((draft) => put(draft, { ...pending, fate: "waiting" }));
      await new Promise((resolve) => setTimeout(resolve, patience(error)));
      return attempt(pending);
    }
    // What the connection lost is sent when it is back; for the rest somebody must say so.
    const lost = error.id === "lost" || error.id === "offline";
    now((draft) => put(draft, { ...pending, fate: lost ? "waiting" : "failed", error: lost ? undefined : error }));
  }
}

/** How a sent message joins the messages of its room; given by whoever keeps those. */
let arrive: (draft: Draft, message: Message) => void = () => {};

export function whenSent(join: (draft: Draft, message: Message) => void): void {
  arrive = join;
}

/** Sends what waits, after the connection was away. */
export function resend(): void {
  for (const list of store.getState().outbox.values()) {
    for (const pending of list) if (pending.fate !== "failed") void deliver(pending);
  }
}
