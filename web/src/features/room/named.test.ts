import { expect, it } from "vitest";
import type { Room, Subscription } from "@/lib/protocol/documents";
import { roomNamed } from "./named";

const subscription = (rid: string, name: string): [string, Subscription] => [rid, { _id: `s-${rid}`, rid, t: "c", u: { _id: "me" }, name, open: true, alert: false, unread: 0 }];
const gone = new Map();
const rooms = new Map<string, Room>();

it("finds the room of an address, as it is called now", () => {
  const at = (...all: [string, string][]) => roomNamed({ subscriptions: new Map(all.map(([rid, name]) => subscription(rid, name))), rooms, gone }, "c", "plans");
  expect(at(["a", "other"])).toBeUndefined();
  expect(at(["a", "other"], ["b", "plans"])).toBe("b");
  expect(at(["a", "more"], ["b", "plans"])).toBe("b");
  expect(at(["a", "plans"], ["b", "renamed"])).toBe("a");
  expect(at(["b", "renamed"])).toBeUndefined();
  expect(roomNamed({ subscriptions: new Map(), rooms, gone: new Map([["b", { name: "plans", by: "kick" }]]) }, "c", "plans")).toBe("b");
  expect(roomNamed({ subscriptions: new Map(), rooms: new Map([["plans", { _id: "plans", t: "c" }]]), gone }, "c", "plans")).toBe("plans");
});
