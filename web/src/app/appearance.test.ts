// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { followed, readAppearance, serverTheme, themeOf, themes } from "./appearance";

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

describe("a theme chosen before the login", () => {
  it("stands against the default that the server gives everybody", () => {
    expect(followed("auto", undefined, true, "auto")).toBeUndefined();
    expect(followed("dark", undefined, true, "dark")).toBeUndefined();
    expect(followed("auto", undefined, false, "auto")).toBe("system");
  });

  it("gives way to what its user chose, and to what is chosen elsewhere from then on", () => {
    expect(followed("light", undefined, true, "auto")).toBe("light");
    expect(followed("auto", "light", true, "auto")).toBe("system");
    expect(followed("light", "light", true, "auto")).toBeUndefined();
  });

  it("is kept over the login", () => {
    expect(readAppearance({ theme: "dark", early: true })).toMatchObject({ theme: "dark", early: true });
  });
});
