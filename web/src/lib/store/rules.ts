// What this user may do with a message, and in a room: the server's rules, asked here so that nothing is offered that it
// would refuse. The server decides. Pure, but for the clock that is given.

import type { Message, Room } from "../protocol/documents";
import { millis } from "./moments";
import { may } from "./permissions";
import type { State } from "./state";

type Known = Pick<State, "me" | "session" | "permissions" | "subscriptions" | "rooms" | "settings">;

const MINUTE = 60_000;

/** Whether a message was written by somebody, and is not left over or told by the server. */
export function isWritten(message: Message): boolean {
  return !message.t && !message.private;
}

export function isOwn(state: Pick<State, "session">, message: Message): boolean {
  return message.u._id === state.session?.uid;
}

function minutes(state: Known, id: string): number {
  const value = state.settings.get(id);
  return typeof value === "number" && value > 0 ? value : 0;
}

const includesMe = (state: Known, names: readonly string[] | undefined) => state.me?.username !== undefined && (names ?? []).includes(state.me.username);

/** Whether a room is closed to this user's words for being read only. */
function isReadOnly(state: Known, room: Room | undefined): boolean {
  return room?.ro === true && !includesMe(state, room.unmuted) && !may(state, "post-readonly", room._id);
}

export function mayEdit(state: Known, message: Message, at: number): boolean {
  const own = state.settings.get("Message_AllowEditing") !== false && isOwn(state, message);
  if (!isWritten(message) || !(own || may(state, "edit-message", message.rid))) return false;
  if (standing(state, message.rid) !== "open") return false;
  const within = minutes(state, "Message_AllowEditing_BlockEditInMinutes");
  return within === 0 || at - millis(message.ts) < within * MINUTE || may(state, "bypass-time-limit-edit-and-delete");
}

export function mayDelete(state: Known, message: Message, at: number): boolean {
  if (!isWritten(message)) return false;
  if (may(state, "force-delete-message", message.rid)) return true;
  if (state.settings.get("Message_AllowDeleting") === false) return false;
  const own = isOwn(state, message) && may(state, "delete-own-message", message.rid);
  if (!own && !may(state, "delete-message", message.rid)) return false;
  if (isReadOnly(state, state.rooms.get(message.rid))) return false;
  const within = minutes(state, "Message_AllowDeleting_BlockDeleteInMinutes");
  // The server rounds to minutes before it compares.
  return within === 0 || Math.round((at - millis(message.ts)) / MINUTE) <= within || may(state, "bypass-time-limit-edit-and-delete");
}

export function mayReact(state: Known, message: Message): boolean {
  const room = state.rooms.get(message.rid);
  if (message.t === "rm" || message.private || !state.subscriptions.has(message.rid)) return false;
  if (includesMe(state, room?.muted)) return false;
  return room?.reactWhenReadOnly === true || !isReadOnly(state, room);
}

/** Why this user can or cannot write in a room. */
export type Standing = "open" | "guest" | "archived" | "blocked" | "readonly" | "muted";

export function standing(state: Known, rid: string): Standing {
  const subscription = state.subscriptions.get(rid);
  const room = state.rooms.get(rid);
  if (!subscription) return "guest";
  if (room?.archived || subscription.archived) return "archived";
  if (subscription.blocked || subscription.blocker) return "blocked";
  if (isReadOnly(state, room)) return "readonly";
  return includesMe(state, room?.muted) ? "muted" : "open";
}
