import { describe, expect, it } from "vitest";
import { reacted } from "./changes";

describe("reactions", () => {
  it("are given, and join those that are there", () => {
    expect(reacted(undefined, ":a:", "ann", true)).toEqual({ ":a:": { usernames: ["ann"], names: undefined } });
    const both = reacted({ ":a:": { usernames: ["bob"] }, ":b:": { usernames: ["bob"] } }, ":a:", "ann", true);
    expect(both[":a:"]?.usernames).toEqual(["bob", "ann"]);
    expect(Object.keys(both)).toEqual([":a:", ":b:"]);
  });

  it("are taken back, with the names beside them, and go with the last", () => {
    const one = { ":a:": { usernames: ["bob", "ann"], names: ["Bob", "Ann"] } };
    const left = reacted(one, ":a:", "bob", false);
    expect(left).toEqual({ ":a:": { usernames: ["ann"], names: ["Ann"] } });
    expect(reacted(left, ":a:", "ann", false)).toEqual({});
  });

  it("are nobody's twice, and nothing is taken from who gave nothing", () => {
    const one = { ":a:": { usernames: ["ann"] } };
    expect(reacted(one, ":a:", "ann", true)).toEqual(one);
    expect(reacted(one, ":a:", "bob", false)).toEqual(one);
  });
});
