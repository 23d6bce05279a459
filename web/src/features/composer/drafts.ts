// Unsent text. It is written down a moment after it was typed, and at once when the page or the room is left.

import { readDraft, writeDraft } from "@/lib/store/local";
import { now, store } from "@/lib/store/state";

const PAUSE = 300;

interface Waiting {
  uid: string;
  rid: string;
  text: string;
}

const waiting = new Map<string, Waiting>();
let timer: ReturnType<typeof setTimeout> | undefined;

const key = (uid: string, rid: string) => `${uid}/${rid}`;
const me = () => store.getState().session?.uid;

/** Notes what is written in a room and not sent. */
export function keepDraft(rid: string, text: string): void {
  const uid = me();
  if (!uid) return;
  waiting.set(key(uid, rid), { uid, rid, text });
  timer ??= setTimeout(flushDrafts, PAUSE);
}

/** What is written in a room and not sent. */
export function draftOf(rid: string): string {
  const uid = me();
  if (!uid) return "";
  return waiting.get(key(uid, rid))?.text ?? readDraft(uid, rid);
}

/** Writes down what waits, and marks its rooms. */
export function flushDrafts(): void {
  clearTimeout(timer);
  timer = undefined;
  const all = [...waiting.values()];
  waiting.clear();
  for (const { uid, rid, text } of all) writeDraft(uid, rid, text);
  mark(all.filter(({ uid }) => uid === me()));
}

function mark(changed: readonly Waiting[]): void {
  const known = store.getState().drafts;
  const news = changed.filter(({ rid, text }) => known.has(rid) !== (text !== ""));
  if (news.length === 0) return;
  const drafts = new Set(known);
  for (const { rid, text } of news) {
    if (text === "") drafts.delete(rid);
    else drafts.add(rid);
  }
  now((draft) => draft.set("drafts", drafts));
}

if (typeof addEventListener === "function") {
  addEventListener("pagehide", flushDrafts);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && flushDrafts());
}
