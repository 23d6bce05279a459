import { describe, expect, it } from "vitest";
import type { Attachment, Message } from "./documents";
import { quoteOf, splitQuotes, withQuotes } from "./quotes";

const message: Message = { _id: "m", rid: "r", msg: "tea", ts: new Date(0), u: { _id: "u", username: "ann", name: "Ann Lee" } };
const made = (more: Partial<Message>, levels: number, realNames = false) => quoteOf({ ...message, ...more }, "l", { levels, realNames });
const quote = (text: string, ...attachments: Attachment[]): Attachment => ({ message_link: text, text, attachments });
const texts = (one: Attachment): unknown[] => (one.attachments ?? []).map((inner) => [inner.text, ...texts(inner)]);

describe("quotes", () => {
  it("stand before the text, and are told from it", () => {
    expect(withQuotes(["http://a/x?msg=1"], "yes")).toBe("[ ](http://a/x?msg=1) yes");
    expect(splitQuotes("[ ](http://a/x?msg=1) [ ](b) yes [ ](c)")).toEqual({ links: "[ ](http://a/x?msg=1) [ ](b) ", text: "yes [ ](c)" });
    expect(splitQuotes("yes")).toEqual({ links: "", text: "yes" });
    expect(splitQuotes("[yes](http://a)").links).toBe("");
  });

  it("are made here as the server makes them", () => {
    expect(made({}, 2)).toEqual({ text: "tea", md: undefined, message_link: "l", author_name: "ann", attachments: [], ts: message.ts });
    expect(made({}, 2, true).author_name).toBe("Ann Lee");
    expect(made({ alias: "Owl" }, 2, true).author_name).toBe("Owl");
  });

  it("hold quotes of quotes as far as the server says", () => {
    const attachments = [{ text: "map" }, quote("a", { text: "map" }, quote("b", quote("c")))];
    expect(texts(made({ attachments }, 0))).toEqual([["map"]]);
    expect(texts(made({ attachments }, 1))).toEqual([["map"]]);
    expect(texts(made({ attachments }, 2))).toEqual([["map"], ["a", ["map"]]]);
    expect(texts(made({ attachments }, 3))).toEqual([["map"], ["a", ["map"], ["b"]]]);
  });
});
