// What happens when a text is sent.

import { permalink } from "@/app/permalink";
import { i18n } from "@/i18n";
import { editText } from "@/lib/client/changes";
import { call } from "@/lib/client/link";
import { sendText } from "@/lib/client/outbox";
import { asCallError } from "@/lib/ddp/errors";
import type { Message } from "@/lib/protocol/documents";
import { quoteOf, splitQuotes, withQuotes } from "@/lib/protocol/quotes";
import { newId } from "@/lib/store/ids";
import { store } from "@/lib/store/state";
import { meaningOf } from "./commands";
import { deskOf, dropQuotes, editMessage, giveBack, keepEdit, spend, stopEditing } from "./desk";
import { dropNote, sayNote } from "./notes";

/** Sends what is written in a room; false where it stays in the field. */
export function submit(rid: string, written: string): boolean {
  const text = written.trim();
  if (text === "") return false;
  const meaning = meaningOf(text, store.getState().settings.get("Message_AllowUnrecognizedSlashCommand") === true);
  dropNote(rid);
  if (meaning.kind === "unknown") {
    sayUnknown(rid, meaning.name, text);
    return false;
  }
  if (meaning.kind === "command") {
    void carryOut(rid, meaning.name, meaning.params, text);
    return true;
  }
  if (meaning.text) sendQuoting(rid, meaning.text);
  else dropQuotes(rid);
  return true;
}

/** Sends a text with what it quotes, which is shown as the server will show it. */
function sendQuoting(rid: string, text: string): void {
  const { settings } = store.getState();
  const rules = { levels: Number(settings.get("Message_QuoteChainLimit") ?? 2), realNames: settings.get("UI_Use_Real_Name") === true };
  const quotes = deskOf(rid).quotes.map((message) => quoteOf(message, permalink(message), rules));
  sendText(rid, withQuotes(quotes.map((quote) => quote.message_link ?? ""), text), quotes);
  dropQuotes(rid);
}

function sayUnknown(rid: string, name: string, text: string): void {
  const run = () => {
    sendQuoting(rid, text);
    dropNote(rid);
    spend(rid, text);
  };
  sayNote(rid, { text: i18n.t("composer.unknown", { name }), action: { label: i18n.t("composer.sendAsText"), run } });
}

async function carryOut(rid: string, cmd: string, params: string, text: string): Promise<void> {
  try {
    await call("slashCommand", { cmd, params, msg: { _id: newId(), rid, msg: text }, triggerId: newId() });
  } catch (thrown) {
    giveBack(rid, text);
    sayNote(rid, { text: i18n.t("composer.commandFailed", { name: cmd }), detail: reason(thrown) });
  }
}

function reason(thrown: unknown): string {
  const error = asCallError(thrown);
  return error.id === "offline" || error.id === "lost" ? i18n.t("composer.noConnection") : error.message;
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
    const run = () => {
      dropNote(rid);
      editMessage(message);
    };
    sayNote(rid, { text: i18n.t("composer.editFailed"), detail: reason(thrown), action: { label: i18n.t("composer.goOn"), run }, stays: true });
  }
}
