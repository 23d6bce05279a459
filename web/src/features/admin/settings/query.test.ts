import { describe, expect, it } from "vitest";
import { conditions, unmet } from "./query";

const values: Record<string, string | number | boolean | string[]> = { on: true, kind: "ad", host: "", days: 3, list: ["a", "b"] };
const valueOf = (id: string) => values[id];
const holds = (query: unknown) => unmet(query, valueOf).length === 0;

describe("conditions", () => {
  it("reads text, objects and lists", () => {
    expect(conditions('{"_id":"on","value":true}')).toEqual([{ id: "on", wanted: true }]);
    expect(conditions([{ _id: "on", value: true }, { _id: "kind", value: "ad", public: true }])).toHaveLength(2);
    expect(conditions("[]")).toEqual([]);
    expect(conditions(undefined)).toEqual([]);
    expect(conditions("no query")).toEqual([]);
  });
});

describe("unmet", () => {
  it("compares values", () => {
    expect(holds({ _id: "on", value: true })).toBe(true);
    expect(holds({ _id: "on", value: false })).toBe(false);
    expect(holds({ _id: "list", value: "b" })).toBe(true);
    expect(holds({ _id: "missing", value: "x" })).toBe(false);
  });

  it("wants all of a list", () => {
    expect(holds([{ _id: "on", value: true }, { _id: "kind", value: "ad" }])).toBe(true);
    expect(unmet([{ _id: "on", value: true }, { _id: "kind", value: "other" }], valueOf)).toEqual([{ id: "kind", wanted: "other" }]);
  });

  it.each([
    [{ $ne: "" }, "host", false],
    [{ $exists: true, $ne: "" }, "kind", true],
    [{ $exists: 1 }, "missing", false],
    [{ $exists: false }, "missing", true],
    [{ $in: ["ad", "ds"] }, "kind", true],
    [{ $nin: ["ad"] }, "kind", false],
    [{ $gte: 3 }, "days", true],
    [{ $gt: 3 }, "days", false],
    [{ $lt: 4, $gt: 1 }, "days", true],
    [{ $gte: 1 }, "kind", false],
  ])("knows %j", (value, id, expected) => {
    expect(holds({ _id: id, value })).toBe(expected);
  });

  it("lets pass what it does not know", () => {
    expect(holds({ _id: "kind", value: { $regex: "^x" } })).toBe(true);
  });
});
