import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Connection, type LinkState } from "./connection";

/** A socket whose other end is the test. */
class Socket extends EventTarget {
  static all: Socket[] = [];
  readyState = 0;
  sent: Record<string, unknown>[] = [];

  constructor() {
    super();
    Socket.all.push(this);
  }

  send(text: string) {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }

  close() {
    this.readyState = 3;
    this.dispatchEvent(new Event("close"));
  }

  open() {
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
  }

  say(message: object) {
    this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(message) }));
  }

  of(msg: string) {
    return this.sent.filter((one) => one.msg === msg);
  }
}

const last = () => Socket.all.at(-1) ?? new Socket();
const states: LinkState["at"][] = [];
let loggedIn = 0;

function connected() {
  const connection = new Connection({
    url: "ws://test",
    onOpen: async () => void (loggedIn += 1),
    onState: (state) => states.push(state.at),
    socket: () => new Socket() as unknown as WebSocket,
  });
  connection.connect();
  return connection;
}

async function accept(socket: Socket) {
  socket.open();
  socket.say({ msg: "connected", session: "s" });
  await vi.advanceTimersByTimeAsync(0);
}

/** Refuses the last subscription for coming too fast. */
const slowDown = (socket: Socket) =>
  socket.say({ msg: "nosub", id: socket.of("sub").at(-1)?.id, error: { error: "too-many-requests", reason: "Slow down", details: { timeToReset: 4_000 } } });

describe("a connection", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    Socket.all = [];
    states.length = 0;
    loggedIn = 0;
  });
  afterEach(() => vi.useRealTimers());

  it("answers a method's caller", async () => {
    const connection = connected();
    await accept(last());
    const answer = connection.call("add", [1, new Date(5)]);
    const sent = last().of("method")[0];
    expect(sent).toMatchObject({ method: "add", params: [1, { $date: 5 }] });
    last().say({ msg: "result", id: sent?.id, result: { when: { $date: 7 } } });
    await expect(answer).resolves.toEqual({ when: new Date(7) });
  });

  it("refuses calls while it is not open, and those that were under way when it broke", async () => {
    const connection = connected();
    await expect(connection.call("early", [])).rejects.toMatchObject({ id: "offline", transient: true });
    await accept(last());
    const call = connection.call("slow", []);
    last().close();
    await expect(call).rejects.toMatchObject({ id: "lost", transient: true });
  });

  it("passes on what the server says went wrong", async () => {
    const connection = connected();
    await accept(last());
    const call = connection.call("kick", []);
    last().say({ msg: "result", id: last().of("method")[0]?.id, error: { error: "error-not-allowed", reason: "Not allowed", details: { method: "kick" } } });
    await expect(call).rejects.toMatchObject({ id: "error-not-allowed", message: "Not allowed", details: { method: "kick" }, transient: false });
  });

  it("subscribes again after a reconnect, once it is logged in again", async () => {
    const connection = connected();
    const heard: unknown[] = [];
    connection.listen("room-messages", "r1", (args) => heard.push(args[0]));
    await accept(last());
    expect(last().of("sub")).toHaveLength(1);
    last().close();
    await vi.advanceTimersByTimeAsync(1_000);
    await accept(last());
    expect(Socket.all).toHaveLength(2);
    expect(loggedIn).toBe(2);
    expect(last().of("sub")).toMatchObject([{ name: "stream-room-messages", params: ["r1", false] }]);
    last().say({ msg: "changed", collection: "stream-room-messages", id: "id", fields: { eventName: "r1", args: ["hello"] } });
    expect(heard).toEqual(["hello"]);
  });

  it("shares one subscription among several who hear the same, and ends it with the last", async () => {
    const connection = connected();
    await accept(last());
    const ends = [1, 2].map(() => connection.listen("notify-user", "u/message", () => {}));
    expect(last().of("sub")).toHaveLength(1);
    ends[0]?.();
    expect(last().of("unsub")).toHaveLength(0);
    ends[1]?.();
    expect(last().of("unsub")).toHaveLength(1);
  });

  describe("whose subscription came too fast", () => {
    it("subscribes again when the server said it may", async () => {
      const connection = connected();
      await accept(last());
      const refusals: unknown[] = [];
      const heard: unknown[] = [];
      let late = 0;
      connection.listen("room-messages", "r1", (args) => heard.push(args[0]), [false], { refused: (error) => refusals.push(error), late: () => late++ });
      slowDown(last());
      await vi.advanceTimersByTimeAsync(3_900);
      expect(last().of("sub")).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(1_200);
      expect(last().of("sub")).toHaveLength(2);
      expect(refusals).toEqual([]);
      expect(late).toBe(1);
      last().say({ msg: "changed", collection: "stream-room-messages", id: "id", fields: { eventName: "r1", args: ["hello"] } });
      expect(heard).toEqual(["hello"]);
    });

    it("does not where nobody listens any more, and once only over a reconnect", async () => {
      const connection = connected();
      await accept(last());
      const end = connection.listen("room-messages", "r1", () => {});
      slowDown(last());
      end();
      await vi.advanceTimersByTimeAsync(6_000);
      expect(last().of("sub")).toHaveLength(1);
      connection.listen("room-messages", "r2", () => {});
      slowDown(last());
      connection.restart();
      await accept(last());
      await vi.advanceTimersByTimeAsync(6_000);
      expect(last().of("sub")).toHaveLength(1);
    });
  });

  it("passes on a refusal for good", async () => {
    const connection = connected();
    await accept(last());
    const refusals: { id: string }[] = [];
    connection.listen("room-messages", "r1", () => {}, [false], { refused: (error) => refusals.push(error) });
    last().say({ msg: "nosub", id: last().of("sub")[0]?.id, error: { error: "not-allowed", reason: "Not allowed" } });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(refusals).toMatchObject([{ id: "not-allowed" }]);
    expect(last().of("sub")).toHaveLength(1);
  });

  it("that is given up is made anew later, not at once", async () => {
    const connection = connected();
    await accept(last());
    connection.giveUp();
    expect(Socket.all).toHaveLength(1);
    expect(states.at(-1)).toBe("waiting");
    await vi.advanceTimersByTimeAsync(600);
    expect(Socket.all).toHaveLength(2);
  });

  it("answers pings with their id, and asks a silent server whether it lives before it gives it up", async () => {
    connected();
    await accept(last());
    last().say({ msg: "ping", id: "x" });
    expect(last().of("pong")).toEqual([{ msg: "pong", id: "x" }]);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(last().of("ping")).not.toHaveLength(0);
    expect(Socket.all).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(Socket.all).toHaveLength(2);
  });

  it("waits longer the more often it fails", async () => {
    connected();
    const waits: number[] = [];
    for (let tries = 0; tries < 6; tries += 1) {
      const before = Socket.all.length;
      const began = Date.now();
      last().close();
      while (Socket.all.length === before) await vi.advanceTimersByTimeAsync(10);
      waits.push(Date.now() - began);
    }
    expect(waits[0]).toBeLessThanOrEqual(510);
    expect(waits.at(-1)).toBeGreaterThanOrEqual(8_000);
  });
});
