// @vitest-environment jsdom
import { beforeEach, expect, it, vi } from "vitest";
import { flush, initial, soon, store } from "./state";

beforeEach(() => store.setState(initial));

it("what waits for a frame is not kept waiting by a page that is hidden", () => {
  vi.stubGlobal("requestAnimationFrame", () => 0);
  soon((draft) => draft.set("ready", true));
  expect(store.getState().ready).toBe(false);
  document.dispatchEvent(new Event("visibilitychange"));
  expect(store.getState().ready).toBe(true);
  vi.unstubAllGlobals();
});

it("what fails takes no others with it", () => {
  const told: (() => void)[] = [];
  vi.stubGlobal("queueMicrotask", (what: () => void) => told.push(what));
  soon(() => {
    throw new Error("no such thing");
  });
  soon((draft) => draft.set("ready", true));
  flush();
  expect(store.getState().ready).toBe(true);
  expect(told[0]).toThrow("no such thing");
  vi.unstubAllGlobals();
});
