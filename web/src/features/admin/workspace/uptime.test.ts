import { expect, it } from "vitest";
import { uptime } from "./uptime";

it("says the two largest units", () => {
  expect(uptime(93_784, "en")).toBe("1 day, 2 hours");
  expect(uptime(3_660, "en")).toBe("1 hour, 1 minute");
  expect(uptime(12.7, "en")).toBe("12 seconds");
  expect(uptime(undefined, "en")).toBe("–");
});
