import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { digestOf } from "./digest";

it("is the same as everybody's", () => {
  for (const length of [0, 1, 3, 55, 56, 63, 64, 65, 119, 200]) {
    const password = Array.from({ length }, (_, i) => String.fromCodePoint(33 + ((i * 37 + length) % 600))).join("");
    expect(digestOf(password)).toBe(createHash("sha256").update(password).digest("hex"));
  }
});
