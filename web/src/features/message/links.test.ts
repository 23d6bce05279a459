// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { internalPath, safeHref } from "./links";

describe("links", () => {
  it("lead to the web, to mail and to telephones, and nowhere else", () => {
    expect(safeHref("https://example.org/a b")).toBe("https://example.org/a%20b");
    expect(safeHref("//example.org")).toBe("https://example.org/");
    expect(safeHref("mailto:ann@example.org")).toBe("mailto:ann@example.org");
    for (const bad of ["javascript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "blob:x"]) {
      expect(safeHref(bad)).toBeUndefined();
    }
  });

  it("to rooms of this server stay within the page", () => {
    expect(internalPath("https://chat.example.org/channel/general?msg=1", "https://chat.example.org/")).toBe("/channel/general?msg=1");
    expect(internalPath("https://other.example.org/channel/general", "https://chat.example.org/")).toBeUndefined();
    expect(internalPath("https://chat.example.org/api/v1/info", "https://chat.example.org/")).toBeUndefined();
  });
});
