import { describe, expect, it } from "vitest";
import { endOf, timeAt } from "./times";

describe("the time where somebody is", () => {
  const noon = Date.UTC(2026, 2, 3, 12, 0);

  it("is so many hours from UTC, halves included", () => {
    expect(timeAt(2, noon, "de")).toBe("14:00");
    expect(timeAt(-3.5, noon, "en-GB")).toMatch(/^0?8:30$/);
  });
});

describe("when a status ends", () => {
  const wednesday = new Date(2026, 10, 25, 15, 20);

  it("is never, or after some time", () => {
    expect(endOf("never", wednesday)).toBeUndefined();
    expect(endOf("halfHour", wednesday)).toEqual(new Date(2026, 10, 25, 15, 50));
    expect(endOf("fourHours", wednesday)).toEqual(new Date(2026, 10, 25, 19, 20));
  });

  it("is the end of the day, or of Sunday", () => {
    expect(endOf("today", wednesday)).toEqual(new Date(2026, 10, 26));
    expect(endOf("week", wednesday)).toEqual(new Date(2026, 10, 30));
    expect(endOf("week", new Date(2026, 10, 29, 23))).toEqual(new Date(2026, 10, 30));
  });
});
