// What the actions of a message do.

import { navigate } from "wouter/use-browser-location";
import { paths } from "@/app/paths";
import { permalink } from "@/app/permalink";
import { noteEmoji } from "@/features/emoji";
import { i18n } from "@/i18n";
import { react } from "@/lib/client/changes";
import { call } from "@/lib/client/link";
import { asCallError } from "@/lib/ddp/errors";
import type { Message } from "@/lib/protocol/documents";
import { store } from "@/lib/store/state";
import { toast } from "@/ui";

function sayFailed(title: string, thrown: unknown): void {
  const error = asCallError(thrown);
  const description = error.id === "offline" || error.id === "lost" ? i18n.t("actions.noConnection") : error.message;
  toast({ kind: "danger", title: i18n.t(title), description });
}

/** Whether this user gave a reaction. */
export function gave(message: Message, code: string): boolean {
  const username = store.getState().me?.username;
  return username !== undefined && (message.reactions?.[code]?.usernames.includes(username) ?? false);
}

/** Gives a reaction, or takes it back. */
export async function toggleReaction(message: Message, code: string): Promise<void> {
  const give = !gave(message, code);
  if (give) noteEmoji(code);
  try {
    await react(message, code, give);
  } catch (thrown) {
    sayFailed("actions.reactFailed", thrown);
  }
}

async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return writeByHand(text);
  }
}

/** Pages that came without TLS have no clipboard; they may still copy what is selected. */
function writeByHand(text: string): boolean {
  const field = document.createElement("textarea");
  const focused = document.activeElement;
  field.value = text;
  field.className = "sr-only";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}

async function copy(text: string, said: string): Promise<void> {
  const done = await write(text);
  toast({ id: "actions.copied", title: i18n.t(done ? said : "actions.copyFailed"), kind: done ? "info" : "danger" });
}

export const copyText = (message: Message) => copy(message.msg, "actions.copiedText");
export const copyLink = (message: Message) => copy(permalink(message), "actions.copiedLink");

/** Marks a message and all after it as unread, and leaves the room: who stays reads it again at once. */
export async function markUnread(message: Message): Promise<void> {
  navigate(paths.home);
  try {
    await call("unreadMessages", { _id: message._id });
  } catch (thrown) {
    sayFailed("actions.unreadFailed", thrown);
  }
}
