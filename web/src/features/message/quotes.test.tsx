// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { i18nReady } from "@/i18n";
import type { Attachment, Block, Message } from "@/lib/protocol/documents";
import { initial, type Pending, store } from "@/lib/store/state";
import { UiProvider } from "@/ui";
import { Row } from "./Row";

const SITE = "https://chat.example.org";
const LINK = `${SITE}/channel/general?msg=m1`;

const plain = (value: string) => ({ type: "PLAIN_TEXT" as const, value });
const blank = (src: string) => ({ type: "LINK" as const, value: { src: plain(src), label: [plain(" ")] } });
const quote = (more: Partial<Attachment> = {}): Attachment => ({
  message_link: LINK,
  author_name: "ann",
  text: "tea at *four*",
  md: [{ type: "PARAGRAPH", value: [plain("tea at "), { type: "BOLD", value: [plain("four")] }] }],
  attachments: [],
  ts: new Date(0),
  ...more,
});
const md: Block[] = [{ type: "PARAGRAPH", value: [blank(LINK), plain(" yes")] }];
const reply = (more: Partial<Message> = {}): Message => ({ _id: "m2", rid: "r", msg: `[ ](${LINK}) yes`, md, attachments: [quote()], ts: new Date(0), u: { _id: "bob", username: "bob" }, ...more });

beforeEach(async () => {
  await i18nReady;
  vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }));
  store.setState({ ...initial, settings: new Map([["Site_Url", SITE]]) });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  store.setState(initial);
});

function show(message: Message, pending?: Pending) {
  const { container } = render(<UiProvider><Row message={message} grouped mine={false} pending={pending} /></UiProvider>);
  return { links: [...container.querySelectorAll("a")].map((link) => link.getAttribute("href")), text: (container.textContent ?? "").replaceAll(/\s/g, "") };
}

describe("a quote", () => {
  it("says who wrote what, and leads there", () => {
    const { links, text } = show(reply());
    const block = screen.getByRole("group", { name: "Quote of ann" });
    expect(block.querySelector("strong")?.textContent).toBe("four");
    // The link of the text has gone: one leads to the message, within this page.
    expect(links).toEqual(["/channel/general?msg=m1"]);
    expect(text.indexOf("teaatfour")).toBeLessThan(text.indexOf("yes"));
  });

  it("looks the same while the message is on its way", () => {
    const sent = show(reply()).text;
    cleanup();
    const message = { ...reply({ md: undefined }), ts: new Date(0) };
    const { links, text } = show(message, { message, fate: "sending" });
    expect(links).toEqual(["/channel/general?msg=m1"]);
    expect(text.startsWith(sent)).toBe(true);
  });

  it("holds what it quotes itself, and no link to what was left out", () => {
    const further = `${SITE}/channel/general?msg=m0`;
    const inner = quote({ author_name: "cy", message_link: further, md: undefined, text: `[ ](${LINK}) milk` });
    const value: Block[] = [{ type: "PARAGRAPH", value: [blank(further)] }, { type: "PARAGRAPH", value: [plain("tea")] }];
    const { links, text } = show(reply({ attachments: [quote({ md: value, attachments: [inner] })] }));
    expect(screen.getByRole("group", { name: "Quote of ann" }).contains(screen.getByRole("group", { name: "Quote of cy" }))).toBe(true);
    expect(links).toEqual(["/channel/general?msg=m1", "/channel/general?msg=m0"]);
    expect(text).not.toContain("[]");
    expect(screen.getByRole("group", { name: "Quote of ann" }).querySelectorAll("p:empty")).toHaveLength(0);
  });

  it("leaves addresses alone that are no quotes", () => {
    const address = { type: "LINK" as const, value: { src: plain("https://example.org/"), label: [] } };
    const value: Block[] = [{ type: "PARAGRAPH", value: [address, plain(" "), blank(LINK)] }];
    expect(show(reply({ attachments: [quote({ md: value })] })).links).toEqual(["/channel/general?msg=m1", "https://example.org/"]);
  });

  it("leads nowhere else", () => {
    for (const bad of ["javascript:alert(1)", "https://other.example.org/channel/general?msg=m1", `${SITE}.evil.org/channel/general?msg=m1`, `${SITE}/api/v1/logout`, "data:text/html,x"]) {
      expect(show(reply({ md: undefined, msg: "yes", attachments: [quote({ message_link: bad })] })).links).toEqual([]);
      cleanup();
    }
  });
});
