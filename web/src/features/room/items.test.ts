import { describe, expect, it } from "vitest";
import type { Message } from "@/lib/protocol/documents";
import { type Item, itemsOf, type Sources } from "./items";

const noon = new Date(2026, 10, 26, 12).getTime();
const minute = 60_000;
const said = (id: string, at: number, by = "ann", more: Partial<Message> = {}): Message => ({ _id: id, rid: "r", msg: id, ts: new Date(at), u: { _id: by, username: by }, ...more });
const items = (messages: Message[], more: Partial<Sources> = {}) => itemsOf({ messages, whispers: [], pending: [], unreadSince: undefined, self: "me", ...more });
const short = (all: Item[]) => all.map((item) => (item.kind === "message" ? (item.grouped ? `+${item.key}` : item.key) : item.kind));

describe("a room's list", () => {
  it("groups what one author says within five minutes", () => {
    const list = items([said("a", noon), said("b", noon + minute), said("c", noon + 7 * minute), said("d", noon + 7 * minute, "bob")]);
    expect(short(list)).toEqual(["day", "a", "+b", "c", "d"]);
  });

  it("parts days", () => {
    expect(short(items([said("a", noon), said("b", noon + 24 * 60 * minute)]))).toEqual(["day", "a", "day", "b"]);
  });

  it("does not group over events, aliases, and what is not to be grouped", () => {
    const list = items([said("a", noon), said("j", noon, "ann", { t: "uj" }), said("b", noon), said("c", noon, "ann", { alias: "CI" }), said("d", noon, "ann", { groupable: false })]);
    expect(short(list)).toEqual(["day", "a", "j", "b", "c", "d"]);
  });

  it("has the line above the first new message of somebody else", () => {
    const list = items([said("a", noon), said("mine", noon + 1, "me"), said("j", noon + 2, "ann", { t: "uj" }), said("b", noon + 3)], { unreadSince: noon });
    expect(short(list)).toEqual(["day", "a", "mine", "j", "unread", "b"]);
  });

  it("puts what is not sent yet last, and what only this user sees in its place", () => {
    const pending = { message: { ...said("p", noon, "me"), ts: new Date(noon) }, fate: "waiting" as const };
    const list = items([said("a", noon), said("b", noon + 20)], { pending: [pending], whispers: [said("w", noon + 10, "rocket.cat", { private: true })] });
    expect(short(list)).toEqual(["day", "a", "w", "b", "p"]);
  });
});
