// Which actions there are for a message, for this user, now. Pure.

import type { Message } from "@/lib/protocol/documents";
import { isOwn, isWritten, mayDelete, mayEdit, mayReact, standing } from "@/lib/store/rules";
import type { State } from "@/lib/store/state";

export type ActionId = "react" | "quote" | "edit" | "copyText" | "copyLink" | "unread" | "delete";

/** In the order in which they are offered. */
export function actionsFor(state: State, message: Message, at: number): ActionId[] {
  const written = isWritten(message);
  const offered: Record<ActionId, boolean> = {
    react: written && mayReact(state, message),
    quote: written && standing(state, message.rid) === "open",
    edit: mayEdit(state, message, at),
    copyText: message.msg !== "",
    // What is told to this user alone has no address.
    copyLink: !message.private && message.t !== "rm",
    unread: written && !isOwn(state, message) && state.subscriptions.has(message.rid),
    delete: mayDelete(state, message, at),
  };
  return (Object.keys(offered) as ActionId[]).filter((id) => offered[id]);
}

/** The keys that act on the message that is chosen. */
const KEYS: Record<string, ActionId> = { e: "edit", r: "quote", "+": "react", c: "copyText", u: "unread", Delete: "delete" };

export function actionOf(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">): ActionId | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  return KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
}

export function keyOf(id: ActionId): string | undefined {
  return Object.keys(KEYS).find((key) => KEYS[key] === id)?.toLowerCase();
}
