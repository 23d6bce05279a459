// Quotes in the form of the protocol: links without words, before the text. Pure.

const LINKS = /^(?:\[ ?\]\([^)\s]*\)\s*)+/;

export function withQuotes(links: readonly string[], text: string): string {
  return [...links.map((link) => `[ ](${link})`), text].join(" ");
}

/** The links before a text, as they stand there, and the text. */
export function splitQuotes(msg: string): { links: string; text: string } {
  const links = LINKS.exec(msg)?.[0] ?? "";
  return { links, text: msg.slice(links.length) };
}
