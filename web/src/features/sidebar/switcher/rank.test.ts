import { describe, expect, it } from "vitest";
import { type Candidate, fit, narrowed, ranked } from "./rank";

const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;

function one(title: string, more: Partial<Candidate> = {}): Candidate {
  return { key: title, kind: "room", title, ...more };
}

const titles = (candidates: Candidate[], text: string) => ranked(candidates, text, NOW).map(({ title }) => title);

describe("how well a name fits", () => {
  it("goes from the same over its start and the start of a word to letters in order", () => {
    const fits = ["crane", "cranes", "night-crane", "micrane", "c-r-and-e"].map((text) => fit(text, "crane"));
    expect(fits).toEqual(fits.toSorted((a, b) => b - a));
    expect(new Set(fits).size).toBe(fits.length);
    expect(fit("lunch", "crane")).toBe(0);
  });

  it("likes the beginnings of words", () => {
    expect(fit("release-notes-team", "rnt")).toBeGreaterThan(fit("arantula", "rnt"));
  });
});

describe("ranking", () => {
  it("puts the better fit first, whatever is new elsewhere", () => {
    expect(titles([one("cranes-of-old", { unread: 2 }), one("crane")], "crane")).toEqual(["crane", "cranes-of-old"]);
  });

  it("prefers what is new, then what was visited lately, among like fits", () => {
    const list = [one("team-a"), one("team-b", { visited: NOW - HOUR }), one("team-c", { unread: 1 }), one("team-d", { unread: 2 })];
    expect(titles(list, "team")).toEqual(["team-d", "team-c", "team-b", "team-a"]);
  });

  it("shows without a word what is new, then what was visited, acts last", () => {
    const list = [one("act", { kind: "action" }), one("old"), one("late", { visited: NOW }), one("new", { unread: 1 }), one("called", { unread: 2 })];
    expect(titles(list, "")).toEqual(["called", "new", "late", "old", "act"]);
  });

  it("finds by the other name and without accents", () => {
    expect(titles([one("Müller, Änne", { also: "anne.m" }), one("Bob")], "anne")).toEqual(["Müller, Änne"]);
    expect(titles([one("Ärger")], "arg")).toEqual(["Ärger"]);
  });

  it("is narrowed by a mark at the front", () => {
    const list = [one("crane"), one("Crane, Ann", { kind: "person" }), one("Create a channel", { kind: "action" })];
    expect(titles(list, "#cra")).toEqual(["crane"]);
    expect(titles(list, "@cra")).toEqual(["Crane, Ann"]);
    expect(titles(list, ">cre")).toEqual(["Create a channel"]);
    expect(narrowed(" # x ")).toEqual({ query: "x", kind: "room" });
  });

  it("takes a frame's time at most with thousands of rooms", () => {
    const many = Array.from({ length: 3_000 }, (_, place) => one(`room-${place}-of-the-harbour`));
    const begin = performance.now();
    ranked(many, "harb", NOW);
    expect(performance.now() - begin).toBeLessThan(100);
  });
});
