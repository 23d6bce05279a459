import { describe, expect, it } from "vitest";
import type { Room, Subscription } from "@/lib/protocol/documents";
import { initial, type State } from "@/lib/store/state";
import { asTyped, problemOf } from "./create/name";
import { currentOf } from "./current";
import { orderOf, targetOf } from "./moveWithin";
import { rowOf } from "./row";
import { arranged, type Choices, choicesOf, neighbour, sameSections, shownOf } from "./sections";
import { rangeOf } from "./useWindow";

function subscription(rid: string, more: Partial<Subscription> = {}): Subscription {
  return { _id: `s-${rid}`, rid, t: "c", u: { _id: "me" }, name: rid, open: true, alert: false, unread: 0, ...more };
}

const plain: Choices = { unreadFirst: false, favourites: true, byType: true, sort: "alphabetical" };
const none = new Map<string, Room>();
const sectionsOf = (...given: Parameters<typeof arranged>) => arranged(...given).sections;

describe("sections", () => {
  const all = [
    subscription("zebra"),
    subscription("Ärger"),
    subscription("box 10"),
    subscription("box 9"),
    subscription("plans", { t: "p" }),
    subscription("bob", { t: "d", f: true }),
    subscription("cat", { t: "d", alert: true }),
    subscription("gone", { open: false }),
  ];

  it("sort by name as people do, and leave out what is hidden", () => {
    expect(sectionsOf(all, none, plain).map(({ id, rids }) => [id, rids])).toEqual([
      ["favourites", ["bob"]],
      ["channels", ["Ärger", "box 9", "box 10", "zebra"]],
      ["groups", ["plans"]],
      ["direct", ["cat"]],
    ]);
  });

  it("put what is new first where the user wants it so, favourites too", () => {
    const fresh = [...all, subscription("star", { f: true, unread: 2 })];
    const [first, second] = sectionsOf(fresh, none, { ...plain, unreadFirst: true });
    expect(first).toEqual({ id: "unread", rids: ["cat", "star"], fresh: ["cat", "star"] });
    expect(second?.rids).toEqual(["bob"]);
  });

  it("are one list where the user wants no kinds", () => {
    expect(sectionsOf(all, none, { ...plain, byType: false, favourites: false }).map(({ id }) => id)).toEqual(["rooms"]);
  });

  it("sort by what happened last", () => {
    const rooms = new Map<string, Room>([
      ["a", { _id: "a", t: "c", lm: new Date(1_000) }],
      ["b", { _id: "b", t: "c", lm: new Date(3_000) }],
      ["c", { _id: "c", t: "c", lm: new Date(2_000) }],
    ]);
    const [channels] = sectionsOf([subscription("a"), subscription("b"), subscription("c")], rooms, { ...plain, sort: "activity" });
    expect(channels?.rids).toEqual(["b", "c", "a"]);
  });

  it("made from those of before are as if they were made anew", () => {
    for (const sort of ["activity", "alphabetical"] as const) {
      const choices: Choices = { ...plain, unreadFirst: true, sort };
      let seed = 7;
      const random = (below: number) => (seed = (seed * 16_807) % 2_147_483_647) % below;
      const subscriptions = new Map(Array.from({ length: 60 }, (_, place) => [`r${place}`, subscription(`r${place}`, { name: `room ${random(40)}` })]));
      const rooms = new Map<string, Room>();
      let before = arranged(subscriptions.values(), rooms, choices);
      for (let step = 0; step < 200; step += 1) {
        const rid = `r${random(70)}`;
        if (random(9) === 0) subscriptions.delete(rid);
        else subscriptions.set(rid, subscription(rid, { name: `room ${random(40)}`, f: random(4) === 0, alert: random(3) === 0, open: random(10) > 0 }));
        rooms.set(rid, { _id: rid, t: "c", lm: new Date(random(50)) });
        before = arranged(subscriptions.values(), rooms, choices, before);
        expect(before.sections).toEqual(arranged(subscriptions.values(), rooms, choices).sections);
      }
    }
  });

  it("are the same object when what is other is not seen in them", () => {
    const before = arranged(all, none, plain);
    expect(arranged(all.map((one) => ({ ...one, ls: new Date() })), none, plain, before).sections).toBe(before.sections);
    expect(arranged(all, none, { ...plain, byType: false }, before).sections).not.toBe(before.sections);
  });

  it("are the same when nothing moved", () => {
    expect(sameSections(sectionsOf(all, none, plain), sectionsOf(all.toReversed(), none, plain))).toBe(true);
    const read = all.map((one) => (one.rid === "cat" ? { ...one, alert: false } : one));
    expect(sameSections(sectionsOf(all, none, plain), sectionsOf(read, none, plain))).toBe(false);
  });

  it("show when folded what is new and where one is", () => {
    const section = { id: "channels" as const, rids: ["a", "b", "c"], fresh: ["b"] };
    expect(shownOf(section, false, "c")).toEqual(["a", "b", "c"]);
    expect(shownOf(section, true, "c")).toEqual(["b", "c"]);
    expect(shownOf(section, true, undefined)).toEqual(["b"]);
  });

  it("go by the preferences, and by the defaults of the protocol without", () => {
    expect(choicesOf(undefined)).toEqual({ unreadFirst: false, favourites: true, byType: true, sort: "activity" });
    expect(choicesOf({ sidebarSortby: "alphabetical", sidebarShowUnread: true })).toMatchObject({ unreadFirst: true, sort: "alphabetical" });
  });
});

describe("the next room", () => {
  const rids = ["a", "b", "c"];
  it("is above or below, round the ends", () => {
    expect(neighbour(rids, "a", 1)).toBe("b");
    expect(neighbour(rids, "a", -1)).toBe("c");
    expect(neighbour(rids, "c", 1)).toBe("a");
    expect(neighbour(rids, undefined, 1)).toBe("a");
    expect(neighbour(rids, undefined, -1)).toBe("c");
    expect(neighbour([], "a", 1)).toBeUndefined();
  });
  it("may be asked to have something new", () => {
    expect(neighbour(rids, "a", 1, (rid) => rid === "c")).toBe("c");
    expect(neighbour(rids, "c", 1, (rid) => rid === "c")).toBeUndefined();
  });
});

describe("keys in the list", () => {
  const order = orderOf([
    { id: "channels", rids: ["a", "b"] },
    { id: "direct", rids: ["c"] },
  ]);
  it("go by section names and rooms alike", () => {
    expect(order).toEqual(["channels", "a", "b", "direct", "c"]);
    expect(targetOf("ArrowDown", order, "b")).toBe("direct");
    expect(targetOf("ArrowUp", order, "channels")).toBe("channels");
    expect(targetOf("Home", order, "c")).toBe("channels");
    expect(targetOf("End", order, "a")).toBe("c");
    expect(targetOf("x", order, "a")).toBeUndefined();
    expect(targetOf("ArrowDown", order, "elsewhere")).toBeUndefined();
  });
});

describe("what is drawn of a long section", () => {
  it("is what is seen and something beyond", () => {
    expect(rangeOf(1_000, 0, 25)).toEqual({ from: 0, to: 40 });
    expect(rangeOf(1_000, 500, 25)).toEqual({ from: 490, to: 540 });
    expect(rangeOf(1_000, 990, 25)).toEqual({ from: 980, to: 1_000 });
    expect(rangeOf(1_000, -400, 25)).toEqual({ from: 0, to: 0 });
    expect(rangeOf(1_000, 4_000, 25)).toEqual({ from: 1_000, to: 1_000 });
  });
});

describe("a row", () => {
  const state: State = {
    ...initial,
    session: { uid: "me", token: "t" },
    me: { _id: "me", username: "ann", name: "Ann" },
    rooms: new Map([["d1", { _id: "d1", t: "d", uids: ["me", "bob-id"] }]]),
    subscriptions: new Map([["d1", subscription("d1", { t: "d", name: "bob", fname: "Bob", unread: 2, alert: true })]]),
    presence: new Map([["bob-id", { status: "away" }]]),
    activity: new Map([["d1", new Map([["bob", Date.now() + 1_000], ["ann", Date.now() + 1_000]])]]),
    drafts: new Set(["d1"]),
  };

  it("says all that is to be seen of a conversation", () => {
    expect(rowOf(state, "d1")).toMatchObject({ title: "Bob", path: "/direct/d1", username: "bob", presence: "away", unread: "mention", count: 2, typing: "bob", draft: true, icon: undefined });
  });

  it("stays the same as long as nothing of it changed", () => {
    const elsewhere = { ...state, subscriptions: new Map(state.subscriptions).set("x", subscription("x")) };
    expect(rowOf(elsewhere, "d1")).toBe(rowOf(state, "d1"));
    const read = { ...state, subscriptions: new Map([["d1", subscription("d1", { t: "d" })]]) };
    expect(rowOf(read, "d1")).toMatchObject({ unread: "none", count: 0 });
  });

  it("is nothing without a membership", () => {
    expect(rowOf(state, "d2")).toBeUndefined();
  });
});

describe("an address", () => {
  const all = [subscription("r1", { name: "büro" }), subscription("d1", { t: "d", name: "bob" })];
  it("names a room", () => {
    expect(currentOf("/channel/b%C3%BCro", all)).toBe("r1");
    expect(currentOf("/channel/büro", all)).toBe("r1");
    expect(currentOf("/direct/d1", all)).toBe("d1");
    expect(currentOf("/direct/bob", all)).toBe("d1");
    expect(currentOf("/group/büro", all)).toBeUndefined();
    expect(currentOf("/home", all)).toBeUndefined();
    expect(currentOf("/channel/%E0%A4%A", all)).toBeUndefined();
  });
});

describe("a new room's name", () => {
  const settings = new Map([["UTF8_Channel_Names_Validation", "[0-9a-zA-Z-_.]+"]]);
  it("is put right while it is typed", () => {
    expect(asTyped(settings, "#night shift")).toBe("night-shift");
    expect(asTyped(new Map([["UI_Allow_room_names_with_special_chars", true]]), "Night shift")).toBe("Night shift");
  });
  it("is judged by the form that the server asks for", () => {
    expect(problemOf(settings, " ")).toBe("missing");
    expect(problemOf(settings, "a/b")).toBe("form");
    expect(problemOf(settings, "a".repeat(256))).toBe("long");
    expect(problemOf(settings, "night-shift")).toBeUndefined();
    expect(problemOf(new Map([["UTF8_Channel_Names_Validation", "("]]), "a/b")).toBeUndefined();
  });
});
