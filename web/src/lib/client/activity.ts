// Who is typing.

import { type Activity, type Draft, soon, store } from "../store/state";
import { call, listen } from "./link";

/** How long somebody is believed to type without saying so again. */
const BELIEVED = 15_000;
/** How often this client says that its user still types. */
const SAID_EVERY = 5_000;

/** Hears who types in a room, until the returned function is called. */
export function hearActivity(rid: string): () => void {
  return listen("notify-room", `${rid}/user-activity`, ([name, activities]) => note(rid, String(name), (activities ?? []) as string[]));
}

function note(rid: string, name: string, activities: string[]): void {
  const until = Date.now() + BELIEVED;
  soon((draft) => {
    const who = new Map(draft.get("activity").get(rid));
    if (activities.includes("user-typing")) who.set(name, until);
    else who.delete(name);
    put(draft, rid, who);
  });
  setTimeout(() => expire(rid), BELIEVED + 50);
}

function expire(rid: string): void {
  soon((draft) => {
    const who = draft.get("activity").get(rid);
    const left = new Map([...(who ?? [])].filter(([, until]) => until > Date.now()));
    if (who && left.size < who.size) put(draft, rid, left);
  });
}

/** A room in which nobody does anything takes no place. */
function put(draft: Draft, rid: string, who: Activity): void {
  if (who.size > 0) draft.map("activity").set(rid, who);
  else if (draft.get("activity").has(rid)) draft.map("activity").delete(rid);
}

const said = new Map<string, number>();

/** Says that this user types in a room; said again only when it would be forgotten. */
export function sayTyping(rid: string): void {
  if (Date.now() - (said.get(rid) ?? 0) < SAID_EVERY) return;
  said.set(rid, Date.now());
  send(rid, ["user-typing"]);
}

/** Says that this user types no more. */
export function sayStopped(rid: string): void {
  if (said.delete(rid)) send(rid, []);
}

function send(rid: string, activities: string[]): void {
  const { me, settings } = store.getState();
  const name = settings.get("UI_Use_Real_Name") === true ? me?.name : me?.username;
  if (!name) return;
  // Nobody misses it: a failure is not worth a word.
  call("stream-notify-room", `${rid}/user-activity`, name, activities, {}).catch(() => {});
}
