import { describe, expect, it } from "vitest";
import { around, bounds, FIRST, held, MOST, newer, older, STEP, tail } from "./stretch";

const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, place) => ({ _id: String(from + place) }));

describe("what of a room is in the page", () => {
  const all = ids(0, 1000);

  it("begins with the newest", () => {
    expect(bounds(all, tail)).toEqual([1000 - FIRST, 1000]);
    expect(bounds(ids(0, 3), tail)).toEqual([0, 3]);
    expect(bounds([], tail)).toEqual([0, 0]);
  });

  it("moves towards the older, and never holds more than a page can", () => {
    let stretch = tail;
    for (let step = 0; step < 100; step += 1) stretch = older(all, stretch, true);
    expect(bounds(all, stretch)).toEqual([0, MOST]);
  });

  it("moves back to the newest, and follows it from there on", () => {
    let stretch = older(all, older(all, older(all, older(all, tail, true), true), true), true);
    for (let step = 0; step < 30; step += 1) stretch = newer(all, stretch, true);
    expect(stretch.last).toBeUndefined();
    expect(bounds([...all, { _id: "new" }], stretch)[1]).toBe(1001);
  });

  it("grows at its end once its beginning is held", () => {
    const stretch = held(all, tail);
    expect(bounds([...all, ...ids(1000, 1010)], stretch)).toEqual([1000 - FIRST, 1010]);
    expect(held(all, stretch)).toBe(stretch);
    expect(held(ids(0, 3), tail)).toBe(tail);
  });

  it("does not follow what comes after a gap", () => {
    let stretch = around(all, "990");
    for (let step = 0; step < 5; step += 1) stretch = newer(all, stretch, false);
    expect(stretch.last).toBe("999");
    const [from, to] = bounds([...all, ...ids(1000, 1150)], stretch);
    expect(to).toBe(1000);
    expect(to - from).toBeLessThanOrEqual(MOST);
  });

  it("stays where it is when older ones come", () => {
    const stretch = around(all, "500");
    const [from] = bounds(all, stretch);
    expect(bounds([...ids(-150, 0), ...all], stretch)[0]).toBe(from + 150);
  });

  it("keeps its beginning when its end was let go", () => {
    const stretch = around(all, "500");
    expect(bounds(all.slice(0, 510), stretch)).toEqual([500 - STEP, 510]);
    expect(bounds(all.slice(0, 300), stretch)).toEqual([300 - FIRST, 300]);
  });
});
