import { describe, expect, it } from "vitest";
import { inSight, layOut, moved } from "./rows";
import { searchTable } from "./search";
import { charOf, codeOf, lookUp, parseTable } from "./table";
import { table as text } from "./table.gen";
import { splitTones, toned } from "./tones";

const table = parseTable(text);
const find = (what: string, recent: string[] = []) => searchTable(table, what, recent, 5).map((emoji) => emoji.names[0]);

describe("names", () => {
  it("are known with and without colons", () => {
    expect(lookUp(table, ":smile:")).toBe("😄");
    expect(lookUp(table, "thumbsup")).toBe(lookUp(table, "+1"));
    expect(lookUp(table, "no_such_emoji")).toBeUndefined();
    expect(lookUp(table, ":digit_three:")).toBe("3️⃣");
    expect(lookUp(table, "hash")).toBe("#️⃣");
  });

  it("carry skin tones", () => {
    expect(lookUp(table, ":wave_tone3:")).toBe("👋🏽");
    expect(lookUp(table, "wave_medium_dark_skin_tone")).toBe("👋🏾");
    expect(lookUp(table, "man_technologist_tone5")).toBe("👨🏿‍💻");
    expect(lookUp(table, "couple_with_heart_man_man_tone1_tone2")).toBe("👨🏻‍❤️‍👨🏼");
    expect(lookUp(table, "smile_tone2")).toBe("😄");
    expect(splitTones("a_tone1_tone2")).toEqual({ base: "a", given: [1, 2] });
    expect(toned("🧑‍🤝‍🧑", [3])).toBe("🧑🏽‍🤝‍🧑🏽");
  });

  it("are written as the server reads them", () => {
    const wave = table.byName.get("wave");
    const smile = table.byName.get("smile");
    if (!wave || !smile) throw new Error("not in the table");
    expect([codeOf(wave, 0), codeOf(wave, 4), codeOf(smile, 4)]).toEqual([":wave:", ":wave_tone4:", ":smile:"]);
    expect(lookUp(table, codeOf(wave, 4))).toBe(charOf(wave, 4));
  });

  it("say how new they are", () => {
    expect(["smile", "melting_face", "face_with_bags_under_eyes"].map((name) => table.byName.get(name)?.since)).toEqual([0, 14, 16]);
    expect(table.byName.get("melting_face")?.char).toBe("🫠");
    expect(table.byName.get("hash")?.char).toBe("#️⃣");
  });

  it("are unique, and every group holds some", () => {
    expect(table.groups.map((group) => group.id)).toEqual(["smileys", "people", "nature", "food", "travel", "activities", "objects", "symbols", "flags"]);
    expect(table.groups.every((group) => group.emoji.length > 50)).toBe(true);
  });
});

describe("search", () => {
  it("puts the name before the beginning, and that before a word", () => {
    expect(find("smile")[0]).toBe("smile");
    expect(find("thumbsu")[0]).toBe("thumbsup");
    expect(find("laugh")).toContain("laughing");
    expect(find("bye")).toContain("wave");
  });

  it("takes several words, and colons", () => {
    expect(find("red heart")[0]).toBe("heart");
    expect(find(":tad")[0]).toBe("tada");
    expect(find("cat joy")[0]).toBe("joy_cat");
  });

  it("finds nothing in nothing", () => {
    expect(find("  ")).toEqual([]);
    expect(find("qqqq")).toEqual([]);
  });

  it("prefers what was used lately among equals", () => {
    expect(find("heart_", ["heartpulse", "heart_eyes_cat"])[0]).toBe("heart_eyes_cat");
  });
});

describe("rows", () => {
  const [a, b] = table.groups;
  const layout = layOut([{ id: "one", emoji: a?.emoji.slice(0, 5) ?? [] }, { id: "two", emoji: b?.emoji.slice(0, 4) ?? [] }, { id: "none", emoji: [] }], 3, 10, 5);

  it("are titles and lines with their places", () => {
    expect(layout.rows.map((row) => [row.kind, row.top])).toEqual([["title", 0], ["line", 5], ["line", 15], ["title", 25], ["line", 30], ["line", 40]]);
    expect(layout.height).toBe(50);
    expect(inSight(layout, 0, 20)).toHaveLength(6);
  });

  it("are moved through by the arrows", () => {
    expect(moved(layout, 0, "ArrowRight")).toBe(1);
    expect(moved(layout, 0, "ArrowLeft")).toBe(0);
    expect(moved(layout, 2, "ArrowDown")).toBe(4);
    expect(moved(layout, 4, "ArrowDown")).toBe(6);
    expect(moved(layout, 0, "ArrowUp")).toBe(0);
    expect(moved(layout, 8, "ArrowDown")).toBe(8);
    expect(moved(layout, 8, "ArrowUp")).toBe(5);
  });
});
