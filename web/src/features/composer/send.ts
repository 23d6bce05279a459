// What happens when a text is sent.

import { permalink } from "@/app/permalink";
import { i18n } from "@/i18n";
import { editText } from "@/lib/client/changes";
import { call } from "@/lib/client/link";
import { sendText } from "@/lib/client/outbox";
import { asCallError } from "@/lib/ddp/errors";
import type { Message } from "@/lib/protocol/documents";
import { newId } from "@/lib/store/ids";
import { store } from "@/lib/store/state";
import { toast } from "@/ui";
import { meaningOf } from "./commands";
import { deskOf, dropQuotes, editMessage, giveBack, keepEdit, spend, stopEditing } from "./desk";
import { splitQuotes, withQuotes } from "./quotes";

/** Sends what is written in a room; false where it stays in the field. */
export function submit(rid: string, written: string): boolean {
  const text = written.trim();
  const { quotes } = deskOf(rid);
  if (text === "") return false;
  const meaning = meaningOf(text, store.getState().settings.get("Message_AllowUnrecognizedSlashCommand") === true);
  if (meaning.kind === "unknown") {
    sayUnknown(rid, meaning.name, text);
    return false;
  }
  if (meaning.kind === "command") {
    void run(rid, meaning.name, meaning.params, text);
    return true;
  }
  if (meaning.text) sendText(rid, withQuotes(quotes.map(permalink), meaning.text));
  dropQuotes(rid);
  return true;
}

function sayUnknown(rid: string, name: string, text: string): void {
  const sendAsText = () => {
    sendText(rid, withQuotes(deskOf(rid).quotes.map(permalink), text));
    dropQuotes(rid);
    spend(rid, text);
  };
  toast({ id: "composer.unknown", title: i18n.t("composer.unknown.title", { name }), description: i18n.t("composer.unknown.body"), action: { label: i18n.t("composer.unknown.send"), onAction: sendAsText } });
}

async function run(rid: string, cmd: string, params: string, text: string): Promise<void> {
  try {
    await call("slashCommand", { cmd, params, msg: { _id: newId(), rid, msg: text }, triggerId: newId() });
  } catch (thrown) {
    giveBack(rid, text);
    toast({ kind: "danger", title: i18n.t("composer.commandFailed", { name: cmd }), description: asCallError(thrown).message });
  }
}

/** Sends the changed text of a message. It is shown at once; when it is refused, the text is still there to go on with. */
export async function submitEdit(rid: string, message: Message, written: string): Promise<void> {
  // What the message quotes stays as it is.
  const text = splitQuotes(message.msg).links + written.trim();
  if (text === message.msg) return stopEditing(rid);
  keepEdit(rid, message._id, written);
  stopEditing(rid, true);
  try {
    await editText(message, text);
    keepEdit(rid, message._id, undefined);
  } catch (thrown) {
    const error = asCallError(thrown);
    toast({
      kind: "danger",
      title: i18n.t("composer.editFailed"),
      description: error.id === "offline" ? i18n.t("composer.editOffline") : error.message,
      action: { label: i18n.t("composer.goOn"), onAction: () => editMessage(message) },
    });
  }
}
