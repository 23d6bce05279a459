import { describe, expect, it } from "vitest";
import { changedRoles, joined, lastMove } from "./roster";

const user = (id: string) => ({ _id: id, username: id });

describe("a list of members", () => {
  it("joins pages without doubles", () => {
    expect(joined([user("ann"), user("bob")], [user("bob"), user("cat")]).map((one) => one._id)).toEqual(["ann", "bob", "cat"]);
  });

  it("is another when somebody came or went", () => {
    const ts = new Date(0);
    expect(lastMove(undefined)).toBeUndefined();
    expect(lastMove([{ _id: "1", t: "uj", ts }, { _id: "2", t: "ru", ts }, { _id: "3", ts }])).toBe("2");
    expect(lastMove([{ _id: "1", t: "room_changed_topic", ts }])).toBeUndefined();
  });
});

describe("the roles in a room", () => {
  const roles = new Map([["ann", ["owner"]]]);

  it("are given and taken", () => {
    const both = changedRoles(roles, { type: "added", _id: "leader", u: { _id: "ann" } });
    expect(both.get("ann")).toEqual(["owner", "leader"]);
    expect(changedRoles(both, { type: "removed", _id: "owner", u: { _id: "ann" } }).get("ann")).toEqual(["leader"]);
  });

  it("are given once", () => {
    expect(changedRoles(roles, { type: "added", _id: "owner", u: { _id: "ann" } }).get("ann")).toEqual(["owner"]);
  });

  it("do not change for nobody", () => {
    expect(changedRoles(roles, { type: "added", _id: "owner" })).toBe(roles);
  });
});
