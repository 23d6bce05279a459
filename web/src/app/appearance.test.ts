// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { readAppearance, serverTheme, themeOf, themes } from "./appearance";

describe("a theme on the server", () => {
  it("comes back as it went", () => {
    for (const theme of themes) expect(themeOf(serverTheme(theme))).toBe(theme);
  });

  it("is nothing where its word means nothing here", () => {
    expect(themeOf("sepia")).toBeUndefined();
    expect(themeOf(undefined)).toBeUndefined();
  });
});

describe("what this browser kept", () => {
  it("is taken where it means something", () => {
    expect(readAppearance({ theme: "dark", density: "compact", language: "de", direction: "ltr" })).toEqual({ theme: "dark", density: "compact", language: "de", direction: "ltr" });
  });

  it("is the system's look otherwise", () => {
    expect(readAppearance(undefined)).toMatchObject({ theme: "system", density: "comfortable" });
    expect(readAppearance(JSON.parse('{"theme":"sepia","density":3}'))).toMatchObject({ theme: "system", density: "comfortable" });
  });
});
