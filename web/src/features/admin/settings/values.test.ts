import { describe, expect, it } from "vitest";
import { type Definition, lockOf, sectionsOf } from "./definition";
import { draftOf, isDefault, read, spanOf, tick } from "./values";

const setting = (given: Partial<Definition>): Definition => ({ _id: "x", type: "string", value: "", ...given });

describe("read", () => {
  it("takes whole numbers within their bounds", () => {
    const int = setting({ type: "int", minValue: 1, maxValue: 10 });
    expect(read(int, " 7 ")).toEqual({ value: 7 });
    expect(read(int, "1.5")).toEqual({ problem: "whole-number" });
    expect(read(int, "")).toEqual({ problem: "whole-number" });
    expect(read(int, "0")).toEqual({ problem: "too-small", limit: 1 });
    expect(read(int, "11")).toEqual({ problem: "too-large", limit: 10 });
  });

  it("keeps the space of long texts and drops it around short ones", () => {
    expect(read(setting({}), " a b ")).toEqual({ value: "a b" });
    expect(read(setting({ multiline: true }), " a\n")).toEqual({ value: " a\n" });
  });

  it("parts lists of rooms", () => {
    expect(read(setting({ type: "roomPick" }), "general, dev ,")).toEqual({ value: ["general", "dev"] });
  });
});

describe("draftOf", () => {
  it("never shows a secret", () => {
    expect(draftOf(setting({ secret: true, value: "********" }))).toBe("");
    expect(draftOf(setting({ value: 5 }))).toBe("5");
    expect(draftOf(setting({ value: ["a", "b"] }))).toBe("a, b");
  });
});

describe("spans", () => {
  it("finds the largest unit", () => {
    expect(spanOf(3600)).toEqual({ amount: 1, unit: "hours" });
    expect(spanOf(90)).toEqual({ amount: 90, unit: "seconds" });
    expect(spanOf(0)).toEqual({ amount: 0, unit: "seconds" });
    expect(spanOf(2_592_000)).toEqual({ amount: 30, unit: "days" });
  });

  it("tells milliseconds by the default", () => {
    expect(tick(setting({ packageValue: 2_592_000_000 }))).toBe(0.001);
    expect(tick(setting({ packageValue: 3600 }))).toBe(1);
  });
});

it("knows a default", () => {
  expect(isDefault(setting({ value: ["a"], packageValue: ["a"] }))).toBe(true);
  expect(isDefault(setting({ value: "********", packageValue: "", secret: true }))).toBe(false);
});

it("says why a setting is locked", () => {
  expect(lockOf(setting({ blocked: true, valueSource: "processEnvValue" }))).toBe("fixed");
  expect(lockOf(setting({ blocked: true }))).toBe("absent");
  expect(lockOf(setting({ readonly: true }))).toBe("readonly");
  expect(lockOf(setting({}))).toBeUndefined();
});

it("orders sections and their settings", () => {
  const all = [
    setting({ _id: "b", group: "G", section: "S", sorter: 2 }),
    setting({ _id: "a", group: "G", section: "S", sorter: 1 }),
    setting({ _id: "c", group: "G", sorter: 9 }),
    setting({ _id: "d", group: "H" }),
    setting({ _id: "e", group: "G", hidden: true }),
    setting({ _id: "G", type: "group", group: "G" }),
  ];
  expect(sectionsOf(all, "G").map((one) => [one.id, one.settings.map(({ _id }) => _id)])).toEqual([[undefined, ["c"]], ["S", ["a", "b"]]]);
});
