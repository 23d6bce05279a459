// Quotes in the form of the protocol: links without words before a text, and what the server makes of them: attachments. Pure.

import type { Attachment, Message } from "./documents";

const LINKS = /^(?:\[ ?\]\([^)\s]*\)\s*)+/;

export function withQuotes(links: readonly string[], text: string): string {
  return [...links.map((link) => `[ ](${link})`), text].join(" ");
}

/** The links before a text, as they stand there, and the text. */
export function splitQuotes(msg: string): { links: string; text: string } {
  const links = LINKS.exec(msg)?.[0] ?? "";
  return { links, text: msg.slice(links.length) };
}

export const isQuote = (attachment: Attachment) => attachment.message_link !== undefined;

/** The attachment that the server will make of a link; `levels` of quotes within each other at most. */
export function quoteOf(message: Message, link: string, { levels, realNames }: { levels: number; realNames: boolean }): Attachment {
  const { msg, md, ts, u, alias } = message;
  const name = alias || (realNames && u.name) || u.username || "";
  return { text: msg, md, message_link: link, author_name: name, attachments: trimmed(message.attachments ?? [], levels - 1), ts };
}

/** Attachments with so many levels of quotes within each other; what else is attached stays. */
function trimmed(attachments: Attachment[], levels: number): Attachment[] {
  if (levels <= 0) return attachments.filter((one) => !isQuote(one));
  return attachments.map((one) => (isQuote(one) ? { ...one, attachments: trimmed(one.attachments ?? [], levels - 1) } : one));
}
