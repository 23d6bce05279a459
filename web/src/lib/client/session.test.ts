// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { CallError } from "../ddp/errors";
import { keepSession, readSession } from "../store/local";
import { initial, type Session, store } from "../store/state";

const link = vi.hoisted(() => ({
  call: vi.fn<(method: string, ...params: unknown[]) => Promise<unknown>>(),
  connection: { restart: vi.fn<() => void>(), giveUp: vi.fn<() => void>(), connect: () => {}, probe: () => {} },
  opened: (): Promise<void> | void => {},
  whenOpen: (hook: () => Promise<void>) => {
    link.opened = hook;
  },
}));
vi.mock("./link", () => link);
const cache = vi.hoisted(() => ({ restore: vi.fn<(uid: string) => Promise<void>>(async () => {}), rewind: vi.fn<() => void>(), forget: async () => {} }));
vi.mock("./persist", () => ({ cache }));
vi.mock("./outbox", () => ({ adoptOutbox: () => {} }));
vi.mock("./timelines", () => ({ dropTimelines: () => {} }));
const sync = vi.hoisted(() => ({ startSync: vi.fn<(session: Session | undefined) => Promise<void>>(), stopSync: () => {}, expectRoom: () => {} }));
vi.mock("./sync", () => sync);

const { start } = await import("./session");
await start();

const ann = { uid: "ann", token: "old" };

/** What another tab kept. */
function told(session: Session | undefined) {
  keepSession(session);
  dispatchEvent(new StorageEvent("storage", { key: "gantry.session" }));
}

beforeEach(() => {
  vi.clearAllMocks();
  sync.startSync.mockResolvedValue();
  keepSession(ann);
  store.setState({ ...initial, session: ann, ready: true, inSync: true });
});

describe("another tab", () => {
  it("that logged in anew is followed, without going back to the beginning", () => {
    told({ uid: "ann", token: "new" });
    expect(store.getState()).toMatchObject({ session: { token: "new" }, ready: true });
    expect(link.connection.restart).toHaveBeenCalledOnce();
  });

  it("that logged in logs this one in, too", () => {
    store.setState({ ...initial });
    told(ann);
    expect(store.getState()).toMatchObject({ session: ann, ready: false });
    expect(link.connection.restart).toHaveBeenCalledOnce();
  });

  it("that logged in while this one slept keeps its login when the old one has ended", async () => {
    keepSession({ uid: "ann", token: "new" });
    link.call.mockRejectedValueOnce(new CallError("403", "You've been logged out by the server."));
    await link.opened();
    expect(readSession()).toEqual({ uid: "ann", token: "new" });
    expect(store.getState().session).toEqual({ uid: "ann", token: "new" });
  });
});

describe("what is kept of the last visit", () => {
  it("is there before the server is asked for what has changed since", async () => {
    const restoring: (() => void)[] = [];
    cache.restore.mockReturnValueOnce(new Promise((resolve) => void restoring.push(resolve)));
    void start();
    const opened = link.opened();
    await new Promise((resolve) => setTimeout(resolve));
    expect(sync.startSync).not.toHaveBeenCalled();
    restoring.forEach((done) => done());
    await opened;
    expect(sync.startSync).toHaveBeenCalledWith(ann);
    expect(cache.rewind.mock.invocationCallOrder[0]).toBeLessThan(cache.restore.mock.invocationCallOrder[0] ?? 0);
  });

  it("says nothing of somebody else who logs in", async () => {
    store.setState({ ...initial });
    told({ uid: "bob", token: "t" });
    expect(cache.rewind).toHaveBeenCalledOnce();
    expect(cache.restore).not.toHaveBeenCalled();
  });
});

describe("when the connection opens", () => {
  it("a server that cannot answer is asked again later, not at once", async () => {
    link.call.mockRejectedValueOnce(new CallError("too-many-requests", ""));
    await link.opened();
    expect(link.connection.giveUp).toHaveBeenCalledOnce();
    expect(link.connection.restart).not.toHaveBeenCalled();
    expect(store.getState().session).toEqual(ann);
  });

  it("a login that has ended is forgotten", async () => {
    link.call.mockRejectedValueOnce(new CallError("403", "Your session has expired."));
    await link.opened();
    expect(readSession()).toBeUndefined();
    expect(store.getState()).toMatchObject({ session: undefined, farewell: "expired" });
    expect(sync.startSync).not.toHaveBeenCalled();
  });
});
