// What lies on the desk of each room besides the text: the message that is being edited, those that are quoted. Kept in
// this browser, so that a reload loses nothing. Other features reach the composer through here.

import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { Message } from "@/lib/protocol/documents";
import { readJson, writeJson } from "@/lib/store/local";
import { store } from "@/lib/store/state";
import { draftOf, flushDrafts, keepDraft } from "./drafts";

export interface Desk {
  editing?: Message;
  /** Changed texts of messages that are not sent, by message. */
  edits: Readonly<Record<string, string>>;
  quotes: readonly Message[];
}

const clear: Desk = { edits: {}, quotes: [] };
const MOST_QUOTES = 5;

const desks = createStore<{ uid: string | undefined; byRoom: Readonly<Record<string, Desk>> }>(() => ({ uid: undefined, byRoom: {} }));
const keptAs = (uid: string) => `gantry.desk.${uid}`;

/** The desks of who is logged in. */
function adopt(): void {
  const uid = store.getState().session?.uid;
  if (desks.getState().uid === uid) return;
  desks.setState({ uid, byRoom: (uid && readJson<Record<string, Desk>>(keptAs(uid))) || {} });
}

function change(rid: string, what: (desk: Desk) => Desk): void {
  adopt();
  const { uid, byRoom } = desks.getState();
  const { [rid]: old, ...others } = byRoom;
  const desk = what(old ?? clear);
  const bare = !desk.editing && desk.quotes.length === 0 && Object.keys(desk.edits).length === 0;
  const next = bare ? others : { ...others, [rid]: desk };
  desks.setState({ byRoom: next });
  if (uid) writeJson(keptAs(uid), Object.keys(next).length > 0 ? next : undefined);
}

export function deskOf(rid: string): Desk {
  adopt();
  return desks.getState().byRoom[rid] ?? clear;
}

export function useDesk(rid: string): Desk {
  adopt();
  return useStore(desks, (state) => state.byRoom[rid] ?? clear);
}

/** What a mounted composer does for others. */
export interface Hands {
  focus(): void;
  /** Puts a text where the caret is. */
  insert(text: string): void;
  /** What is in the field now goes where it belongs, before something else comes into it. */
  store(): void;
  /** Shows what belongs into the field now. */
  show(): void;
}

const mounted = new Map<string, Hands>();

/** Called by the composer of a room; what ends it. */
export function putHands(rid: string, hands: Hands): () => void {
  mounted.set(rid, hands);
  return () => {
    if (mounted.get(rid) === hands) mounted.delete(rid);
  };
}

/** Puts the caret into a room's composer. */
export function focusComposer(rid: string): void {
  mounted.get(rid)?.focus();
}

/** Puts a text into a room's composer: at the caret, or behind what is written there. */
export function insertText(rid: string, text: string): void {
  const hands = mounted.get(rid);
  if (hands) return hands.insert(text);
  const draft = draftOf(rid);
  keepDraft(rid, draft && !/\s$/.test(draft) ? `${draft} ${text}` : draft + text);
  flushDrafts();
}

/** Gives back a text that could not be sent, before what was written since. */
export function giveBack(rid: string, text: string): void {
  const hands = mounted.get(rid);
  hands?.store();
  const draft = draftOf(rid);
  keepDraft(rid, draft ? `${text}\n${draft}` : text);
  flushDrafts();
  hands?.show();
}

/** Empties the composer of a text that was sent after all, unless it holds another by now. */
export function spend(rid: string, text: string): void {
  const hands = mounted.get(rid);
  hands?.store();
  if (draftOf(rid).trim() !== text) return;
  keepDraft(rid, "");
  flushDrafts();
  hands?.show();
}

/** Begins to edit a message; what was being written comes back afterwards. */
export function editMessage(message: Message): void {
  const hands = mounted.get(message.rid);
  hands?.store();
  change(message.rid, (desk) => ({ ...desk, editing: message }));
  hands?.show();
  hands?.focus();
}

/** Notes the text of the message that is being edited, as it is now. */
export function keepEdit(rid: string, id: string, text: string | undefined): void {
  change(rid, (desk) => {
    const { [id]: _, ...others } = desk.edits;
    return { ...desk, edits: text === undefined ? others : { ...others, [id]: text } };
  });
}

/** Leaves editing; `keep` leaves the changed text for when it is begun again. */
export function stopEditing(rid: string, keep = false): void {
  const { editing } = deskOf(rid);
  if (!editing) return;
  change(rid, (desk) => ({ ...desk, editing: undefined }));
  if (!keep) keepEdit(rid, editing._id, undefined);
  mounted.get(rid)?.show();
}

/** Quotes a message in the next one that is sent to its room. */
export function quoteMessage(message: Message): void {
  if (deskOf(message.rid).editing) stopEditing(message.rid, true);
  change(message.rid, (desk) => {
    const quotes = [...desk.quotes.filter((one) => one._id !== message._id), message];
    return { ...desk, quotes: quotes.slice(-MOST_QUOTES) };
  });
  focusComposer(message.rid);
}

export function dropQuotes(rid: string, id?: string): void {
  change(rid, (desk) => ({ ...desk, quotes: id === undefined ? [] : desk.quotes.filter((one) => one._id !== id) }));
}
