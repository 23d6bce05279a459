import { describe, expect, it } from "vitest";
import type { Message, Subscription } from "@/lib/protocol/documents";
import { initial, type State } from "@/lib/store/state";
import { actionOf, actionsFor, keyOf } from "./list";
import { whoReacted } from "./reactions";

const seat: Subscription = { _id: "s", rid: "r1", t: "c", u: { _id: "ann" }, name: "general", open: true, alert: false, unread: 0 };
const state: State = {
  ...initial,
  session: { uid: "ann", token: "t" },
  me: { _id: "ann", username: "ann", roles: ["user"] },
  permissions: new Map([["delete-own-message", { _id: "delete-own-message", roles: ["user"] }]]),
  rooms: new Map([["r1", { _id: "r1", t: "c" as const }]]),
  subscriptions: new Map([["r1", seat]]),
};
const own: Message = { _id: "m", rid: "r1", msg: "hi", ts: new Date(0), u: { _id: "ann" } };

const key = (name: string, mod = false) => actionOf({ key: name, ctrlKey: mod, metaKey: false, altKey: false });

describe("actions", () => {
  it("of one's own message and of another's", () => {
    expect(actionsFor(state, own, 0)).toEqual(["react", "quote", "edit", "copyText", "copyLink", "delete"]);
    expect(actionsFor(state, { ...own, u: { _id: "bob" } }, 0)).toEqual(["react", "quote", "copyText", "copyLink", "unread"]);
  });

  it("of what the server tells, of what is left, and of what is told to one alone, are copies", () => {
    expect(actionsFor(state, { ...own, t: "uj", msg: "ann" }, 0)).toEqual(["copyText", "copyLink"]);
    expect(actionsFor(state, { ...own, t: "rm", msg: "" }, 0)).toEqual([]);
    expect(actionsFor(state, { ...own, private: true }, 0)).toEqual(["copyText"]);
  });

  it("of a guest change nothing", () => {
    expect(actionsFor({ ...state, subscriptions: new Map() }, own, 0)).not.toContain("edit");
    expect(actionsFor({ ...state, subscriptions: new Map() }, own, 0)).not.toContain("quote");
  });

  it("have keys, without the browser's", () => {
    expect([key("e"), key("E"), key("+"), key("Delete"), key("x")]).toEqual(["edit", "edit", "react", "delete", undefined]);
    expect(key("c", true)).toBeUndefined();
    expect([keyOf("delete"), keyOf("copyLink")]).toEqual(["delete", undefined]);
  });
});

describe("who reacted", () => {
  const wording = { username: "ann", real: true, you: "You", more: (n: number) => `${n} more`, language: "en" };
  it("is this user first, then names", () => {
    expect(whoReacted({ usernames: ["bob", "ann"], names: ["Bob B", "Ann A"] }, wording)).toBe("You and Bob B");
    expect(whoReacted({ usernames: ["bob"] }, wording)).toBe("bob");
    expect(whoReacted({ usernames: ["bob"], names: ["Bob B"] }, { ...wording, real: false })).toBe("bob");
  });

  it("is a dozen at most", () => {
    const usernames = Array.from({ length: 15 }, (_, n) => `u${n}`);
    expect(whoReacted({ usernames }, wording)).toMatch(/u11, and 3 more$/);
  });
});
