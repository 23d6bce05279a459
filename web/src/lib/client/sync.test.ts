import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CallError } from "../ddp/errors";
import type { Subscription } from "../protocol/documents";
import { initial, store } from "../store/state";

const link = vi.hoisted(() => ({
  ask: vi.fn<(method: string, ...params: unknown[]) => Promise<unknown>>(),
  call: async () => {},
  connection: { ready: true, listen: () => () => {}, amend: () => {} },
  late: new Map<string, (() => void) | undefined>(),
  told: new Map<string, (args: unknown[]) => void>(),
  listen: (stream: string, event: string, handler: (args: unknown[]) => void, late?: () => void) => {
    link.told.set(`${stream}/${event}`, handler);
    link.late.set(`${stream}/${event}`, late);
    return () => {};
  },
  patiently: (what: () => unknown) => what(),
  whenOpen: () => {},
}));
vi.mock("./link", () => link);
const rest = vi.hoisted(() => ({ GET: vi.fn<(path: string) => Promise<unknown>>() }));
vi.mock("../api/rest", () => ({ rest, answered: (answer: Promise<unknown>) => answer }));
const cursors = vi.hoisted(() => ({ rooms: 0, subscriptions: 0 }));
vi.mock("./persist", () => ({ cache: { save: () => {}, touch: () => {} }, cursors }));
const outbox = vi.hoisted(() => ({ resend: vi.fn<() => void>(), settleOwn: () => {}, whenSent: () => {} }));
vi.mock("./outbox", () => outbox);
const timelines = vi.hoisted(() => ({ catchUp: vi.fn<() => Promise<void>>(), noteGap: vi.fn<() => void>(), dropTimeline: () => {}, loadNamed: vi.fn<(room: object) => Promise<void>>() }));
vi.mock("./timelines", () => timelines);

const { expectRoom, startSync, stopSync } = await import("./sync");

const session = { uid: "ann", token: "t" };
const seat = (rid: string, at: number): Subscription => ({ _id: `s-${rid}`, rid, t: "c", u: { _id: "ann" }, name: rid, open: true, alert: false, unread: 0, _updatedAt: new Date(at) });
const asked = (method: string) => link.ask.mock.calls.filter(([one]) => one === method).length;

beforeEach(() => {
  vi.useFakeTimers();
  stopSync();
  vi.clearAllMocks();
  Object.assign(cursors, { rooms: 0, subscriptions: 0 });
  link.connection.ready = true;
  link.ask.mockImplementation(async (method) => (method.endsWith("s/get") && !method.startsWith("p") ? { update: [], remove: [] } : []));
  rest.GET.mockImplementation(async (path) => (path.endsWith("/me") ? { _id: "ann" } : { roles: [] }));
  timelines.catchUp.mockResolvedValue();
  store.setState({ ...initial, session });
});
afterEach(() => vi.useRealTimers());

describe("what the server has", () => {
  it("is fetched once the gap is noted, and what was written does not wait for what was missed", async () => {
    timelines.catchUp.mockReturnValue(new Promise(() => {}));
    await startSync(session);
    expect(timelines.noteGap).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(0);
    expect(store.getState()).toMatchObject({ ready: true, inSync: true, me: { _id: "ann" } });
    expect(outbox.resend).toHaveBeenCalledOnce();
  });

  it("is asked for again when it could not answer", async () => {
    rest.GET.mockRejectedValueOnce(new CallError("500", ""));
    await startSync(session);
    await vi.advanceTimersByTimeAsync(900);
    expect(store.getState().ready).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(store.getState().ready).toBe(true);
  });

  it("is left to the next connection when this one is lost", async () => {
    link.connection.ready = false;
    link.ask.mockRejectedValue(new CallError("lost", ""));
    await startSync(session);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked("rooms/get")).toBe(1);
  });

  it("is asked for from where the last visit ended, and what was kept stays", async () => {
    Object.assign(cursors, { rooms: 5, subscriptions: 7 });
    store.setState({ subscriptions: new Map([["r1", seat("r1", 6)]]) });
    link.ask.mockImplementation(async (method) => (method === "subscriptions/get" ? { update: [seat("r2", 9)], remove: [] } : method === "rooms/get" ? { update: [], remove: [] } : []));
    await startSync(session);
    await vi.advanceTimersByTimeAsync(0);
    expect(link.ask).toHaveBeenCalledWith("subscriptions/get", new Date(7));
    expect(link.ask).toHaveBeenCalledWith("rooms/get", new Date(5));
    expect([...store.getState().subscriptions.keys()]).toEqual(["r1", "r2"]);
    expect(cursors).toEqual({ rooms: 5, subscriptions: 9 });
  });

  it("does not undo what a stream has told since it was answered", async () => {
    link.ask.mockImplementation(async (method) => (method === "public-settings/get" ? [{ _id: "Site_Name", value: "old" }] : method.startsWith("permissions") ? [] : { update: [], remove: [] }));
    timelines.loadNamed.mockReturnValue(new Promise(() => {}));
    expectRoom({ type: "c", name: "general" });
    await startSync(session);
    await vi.advanceTimersByTimeAsync(100);
    link.told.get("notify-all/public-settings-changed")?.(["updated", { _id: "Site_Name", value: "new" }]);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(store.getState()).toMatchObject({ ready: true });
    expect(store.getState().settings.get("Site_Name")).toBe("new");
  });

  it("takes the place of all where nothing is known", async () => {
    store.setState({ subscriptions: new Map([["r1", seat("r1", 6)]]) });
    await startSync(session);
    await vi.advanceTimersByTimeAsync(0);
    expect(link.ask).toHaveBeenCalledWith("subscriptions/get", new Date(0));
    expect(store.getState().subscriptions.size).toBe(0);
  });

  it("does not wait long for the messages of the first room", async () => {
    const room = { type: "c" as const, name: "general" };
    timelines.loadNamed.mockReturnValue(new Promise(() => {}));
    expectRoom(room);
    await startSync(session);
    await vi.advanceTimersByTimeAsync(900);
    expect(timelines.loadNamed).toHaveBeenCalledWith(room);
    expect(store.getState().ready).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(store.getState().ready).toBe(true);
  });

  it("is fetched again when a stream began late", async () => {
    await startSync(session);
    await vi.advanceTimersByTimeAsync(0);
    for (const event of ["rooms-changed", "subscriptions-changed"]) link.late.get(`notify-user/ann/${event}`)?.();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked("rooms/get")).toBe(2);
  });
});
