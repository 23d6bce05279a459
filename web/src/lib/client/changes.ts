// Changes to messages that are there: shown at once, taken back when the server refuses.

import type { Message, Reaction } from "../protocol/documents";
import { now, store } from "../store/state";
import { withoutMessages } from "../store/timeline";
import { call } from "./link";

function current(message: Message): Message | undefined {
  return store.getState().timelines.get(message.rid)?.messages.find((one) => one._id === message._id);
}

/** Shows a message as `change` makes it; what takes that back, unless the server has said something newer meanwhile. */
function shownAs(message: Message, change: (known: Message) => Message): () => void {
  const before = current(message);
  if (!before) return () => {};
  const after = change(before);
  put(after);
  return () => {
    if (current(message) === after) put(before);
  };
}

function put(message: Message): void {
  now((draft) => {
    const timeline = draft.get("timelines").get(message.rid);
    if (!timeline) return;
    const messages = timeline.messages.map((one) => (one._id === message._id ? message : one));
    draft.map("timelines").set(message.rid, { ...timeline, messages });
  });
}

/** Gives a message another text. Fails with a `CallError`. */
export async function editText(message: Message, msg: string): Promise<void> {
  const { session, me } = store.getState();
  const editedBy = session && { _id: session.uid, username: me?.username };
  // What the server makes of the text comes with its answer; until then it stands as it was typed.
  const takeBack = shownAs(message, (known) => ({ ...known, msg, md: undefined, editedAt: new Date(), editedBy }));
  try {
    await call("updateMessage", { _id: message._id, rid: message.rid, msg });
  } catch (error) {
    takeBack();
    throw error;
  }
}

/** A message's reactions after somebody gave one, or took it back. Pure. */
export function reacted(reactions: Message["reactions"], code: string, username: string, give: boolean): Record<string, Reaction> {
  const { [code]: given, ...others } = reactions ?? {};
  const at = given?.usernames.indexOf(username) ?? -1;
  if (given && give && at >= 0) return { ...reactions };
  const without = (list: string[] | undefined) => list?.filter((_, place) => place !== at);
  if (give) {
    const usernames = [...(given?.usernames ?? []), username];
    // A reaction keeps its place among the others.
    return { ...reactions, [code]: { ...given, usernames, names: given?.names && [...given.names, username] } };
  }
  const usernames = without(given?.usernames) ?? [];
  if (at < 0) return { ...reactions };
  if (usernames.length === 0) return others;
  return { ...reactions, [code]: { usernames, names: without(given?.names) } };
}

/** Gives this user's reaction to a message, or takes it back. Fails with a `CallError`. */
export async function react(message: Message, code: string, give: boolean): Promise<void> {
  const username = store.getState().me?.username;
  if (!username) return;
  const takeBack = shownAs(message, (known) => ({ ...known, reactions: reacted(known.reactions, code, username, give) }));
  try {
    await call("setReaction", code, message._id, give);
  } catch (error) {
    takeBack();
    throw error;
  }
}

/** Deletes a message. It goes when the server has said so: it cannot be undone. Fails with a `CallError`. */
export async function deleteMessage(message: Message): Promise<void> {
  await call("deleteMessage", { _id: message._id });
  if (store.getState().settings.get("Message_ShowDeletedStatus") === true) return;
  now((draft) => {
    const timeline = draft.get("timelines").get(message.rid);
    if (timeline) draft.map("timelines").set(message.rid, withoutMessages(timeline, new Set([message._id])));
  });
}
