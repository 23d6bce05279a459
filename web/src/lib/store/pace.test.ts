// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Pace } from "./pace";

const FRAME = 16;
const press = () => document.dispatchEvent(new Event("keydown"));

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("requestAnimationFrame", (frame: () => void) => setTimeout(frame, FRAME));
  vi.advanceTimersByTime(10_000);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("to who types, what arrives is shown right behind the next key's frame", () => {
  const work = vi.fn<() => void>();
  const pace = new Pace(work);
  press();
  vi.advanceTimersByTime(100);
  pace.soon();
  vi.advanceTimersByTime(60);
  expect(work).not.toHaveBeenCalled();
  press();
  vi.advanceTimersByTime(FRAME);
  expect(work).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(work).toHaveBeenCalledOnce();
});

it("who stops typing is not waited for", () => {
  const work = vi.fn<() => void>();
  const pace = new Pace(work);
  press();
  pace.soon();
  vi.advanceTimersByTime(250 + FRAME);
  expect(work).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(1_000);
  pace.soon();
  vi.advanceTimersByTime(FRAME);
  expect(work).toHaveBeenCalledTimes(2);
});

it("is done once, at once where it must be", () => {
  const work = vi.fn<() => void>();
  const pace = new Pace(work);
  pace.soon();
  pace.soon();
  pace.now();
  vi.advanceTimersByTime(1_000);
  expect(work).toHaveBeenCalledOnce();
});
