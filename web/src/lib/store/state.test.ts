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

it("what comes in a crowd is shown together, what comes alone with the next frame", () => {
  vi.useFakeTimers();
  vi.setSystemTime(0);
  vi.stubGlobal("requestAnimationFrame", (frame: () => void) => setTimeout(frame, 16));
  const changes = vi.fn<() => void>();
  const end = store.subscribe(changes);
  vi.advanceTimersByTime(1_000);
  soon((draft) => draft.set("ready", true));
  vi.advanceTimersByTime(16);
  expect(changes).toHaveBeenCalledTimes(1);
  for (let come = 0; come < 10; come += 1) {
    soon((draft) => draft.set("ready", false));
    vi.advanceTimersByTime(20);
  }
  expect(changes.mock.calls.length).toBeLessThanOrEqual(3);
  vi.advanceTimersByTime(200);
  expect(store.getState().ready).toBe(false);
  end();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
