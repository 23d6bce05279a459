import { beforeEach, describe, expect, it, vi } from "vitest";
import { CallError } from "../ddp/errors";
import type { Message } from "../protocol/documents";
import { flush, initial, store } from "../store/state";

type Ask = (method: string, ...params: unknown[]) => Promise<unknown>;
const link = vi.hoisted(() => ({
  ask: vi.fn<Ask>(),
  call: vi.fn<Ask>(),
  heard: new Map<string, (args: unknown[]) => void>(),
  listen: (stream: string, event: string, handler: (args: unknown[]) => void) => {
    link.heard.set(`${stream}/${event}`, handler);
    return () => void link.heard.delete(`${stream}/${event}`);
  },
}));
vi.mock("./link", () => link);
const kept = vi.hoisted(() => ({ messages: vi.fn<(rid: string, wanted: () => boolean) => Promise<void>>(), touch: () => {}, save: () => {} }));
vi.mock("./persist", () => ({ cache: kept, cursors: { rooms: 0, subscriptions: 0 } }));

const { catchUp, dropTimelines, loadAround, loadLatest, loadOlder, noteGap, showRoom } = await import("./timelines");

const message = (ts: number, more: Partial<Message> = {}): Message => ({ _id: `m${ts}`, rid: "r", msg: `${ts}`, ts: new Date(ts), u: { _id: "bob" }, _updatedAt: new Date(ts), ...more });
const many = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, place) => message(from + place));
const timeline = (rid = "r") => store.getState().timelines.get(rid);
const times = () => timeline()?.messages.map(({ msg }) => Number(msg));
const tick = () => new Promise((resolve) => setTimeout(resolve, 0));

/** Answers that come when the test says so, in the order of the questions. */
let waiting: { method: string; params: unknown[]; answer: (value: unknown) => void; refuse: (error: unknown) => void }[] = [];

function next(method: string) {
  const place = waiting.findIndex((one) => one.method === method);
  const [found] = waiting.splice(place, place === -1 ? 0 : 1);
  if (!found) throw new Error(`${method} was not asked`);
  return found;
}

async function answer(method: string, value: unknown) {
  next(method).answer(value);
  await tick();
}

function tell(one: Message) {
  link.heard.get(`room-messages/${one.rid}`)?.([one]);
  flush();
}

async function opened(messages: Message[]) {
  const leave = showRoom("r");
  await tick();
  await answer("loadHistory", { messages });
  return leave;
}

beforeEach(() => {
  dropTimelines();
  waiting = [];
  link.heard.clear();
  kept.messages.mockReset().mockResolvedValue();
  link.ask.mockReset().mockImplementation((method, ...params) => new Promise((resolve, reject) => waiting.push({ method, params, answer: resolve, refuse: reject })));
  store.setState({ ...initial, session: { uid: "ann", token: "t" } });
});

describe("a room after the connection was away", () => {
  it("asks for what it missed, whatever streams tell before", async () => {
    await opened(many(1, 3));
    noteGap();
    tell(message(9));
    const done = catchUp();
    const asked = next("messages/get");
    expect(asked.params).toEqual(["r", { lastUpdate: new Date(3) }]);
    // Newest first, as the server answers.
    asked.answer({ updated: [message(9), message(5), message(4)], deleted: [{ _id: "m2" }] });
    await done;
    expect(times()).toEqual([1, 3, 4, 5, 9]);
  });

  it("remembers what it missed until it was told, over a second loss", async () => {
    await opened(many(1, 3));
    noteGap();
    tell(message(9));
    const first = catchUp();
    next("messages/get").refuse(new CallError("lost", ""));
    await first;
    noteGap();
    void catchUp();
    expect(next("messages/get").params).toEqual(["r", { lastUpdate: new Date(3) }]);
  });
});

describe("a message that is jumped to", () => {
  it("is shown in a room that is not loaded yet, and not taken away by the newest", async () => {
    const jump = loadAround("r", "m2");
    showRoom("r");
    await tick();
    expect(waiting.map(({ method }) => method)).toEqual(["loadSurroundingMessages"]);
    await answer("loadSurroundingMessages", { messages: many(1, 3), moreBefore: false, moreAfter: true });
    expect((await jump).map(({ _id }) => _id)).toContain("m2");
    expect(timeline()).toMatchObject({ hasNewer: true, loading: undefined });
  });

  it("comes in place of the newest that are on their way", async () => {
    showRoom("r");
    await tick();
    const jump = loadAround("r", "m2");
    await answer("loadSurroundingMessages", { messages: many(1, 3), moreBefore: false, moreAfter: true });
    await answer("loadHistory", { messages: many(80, 90) });
    await jump;
    expect(times()).toEqual([1, 2, 3]);
  });

  it("leaves the newest where it does not exist", async () => {
    const jump = loadAround("r", "gone");
    showRoom("r");
    await tick();
    next("loadSurroundingMessages").refuse(new CallError("error-not-found", ""));
    await expect(jump).rejects.toMatchObject({ id: "error-not-found" });
    await answer("loadHistory", { messages: many(1, 3) });
    expect(times()).toEqual([1, 2, 3]);
  });
});

describe("a page", () => {
  it("has what came while it was on its way, also where there was a gap to the present", async () => {
    showRoom("r");
    await tick();
    const jump = loadAround("r", "m2");
    await answer("loadSurroundingMessages", { messages: many(1, 3), moreBefore: false, moreAfter: true });
    await jump;
    void loadLatest("r");
    tell(message(99));
    waiting.splice(0, waiting.length - 1);
    await answer("loadHistory", { messages: many(80, 90) });
    expect(times()?.slice(-2)).toEqual([90, 99]);
  });

  it("of a stretch that is not shown any more is dropped", async () => {
    await opened(many(101, 150));
    const older = loadOlder("r");
    void loadLatest("r");
    await answer("loadHistory", { messages: many(60, 100) });
    await older;
    await answer("loadHistory", { messages: many(501, 550) });
    expect(times()?.[0]).toBe(501);
    expect(times()).toHaveLength(50);
  });
});

describe("a room that is left", () => {
  it("before anything was known is loaded when it is looked at again", async () => {
    const known: (() => void)[] = [];
    kept.messages.mockImplementationOnce(() => new Promise((resolve) => void known.push(resolve)));
    showRoom("r")();
    known[0]?.();
    await tick();
    expect(waiting).toEqual([]);
    await opened(many(1, 3));
    expect(times()).toEqual([1, 2, 3]);
  });

  it("does not grow without end", async () => {
    const leave = await opened(many(1, 50));
    for (let ts = 51; ts <= 1_700; ts += 1) tell(message(ts));
    expect(times()?.length).toBeLessThanOrEqual(1_600);
    leave();
    for (let ts = 1_701; ts <= 2_000; ts += 1) tell(message(ts));
    expect(times()?.length).toBeLessThanOrEqual(160);
    expect(times()?.at(-1)).toBe(2_000);
  });
});
