// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CallError } from "../ddp/errors";
import { readJson, writeJson } from "../store/local";
import { initial, store } from "../store/state";

const link = vi.hoisted(() => ({
  call: vi.fn<(method: string, message: { _id: string; msg: string }) => Promise<unknown>>(),
  connection: { ready: true },
  patience: () => 1_000,
}));
vi.mock("./link", () => link);

const { adoptOutbox, resend, retry, sendText } = await import("./outbox");

const KEY = "gantry.outbox.ann";
const pending = () => store.getState().outbox.get("r") ?? [];
const sent = () => link.call.mock.calls.map(([, { msg }]) => msg);
const kept = () => (readJson<{ msg: string }[]>(KEY) ?? []).map(({ msg }) => msg);
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  link.connection.ready = true;
  link.call.mockReset().mockImplementation(async (_, message) => ({ ...message, ts: new Date(), u: { _id: "ann" } }));
  store.setState({ ...initial, session: { uid: "ann", token: "t" }, me: { _id: "ann", username: "ann" } });
});
afterEach(() => vi.useRealTimers());

describe("what is sent", () => {
  it("leaves in order, and is kept until the server has it", async () => {
    sendText("r", "one");
    sendText("r", "two");
    expect(kept()).toEqual(["one", "two"]);
    await settle();
    expect(sent()).toEqual(["one", "two"]);
    expect(pending()).toEqual([]);
    expect(kept()).toEqual([]);
  });

  it("shows its quotes at once, which the server makes itself", async () => {
    const quotes = [{ message_link: "http://a/channel/x?msg=m", text: "said" }];
    sendText("r", "[ ](http://a/channel/x?msg=m) yes", quotes);
    expect(pending()[0]?.message.attachments).toEqual(quotes);
    await settle();
    expect(Object.keys(link.call.mock.calls[0]?.[1] ?? {})).toEqual(["_id", "rid", "msg"]);
  });

  it("waits for the login, and leaves once however often it is sent again", async () => {
    link.connection.ready = false;
    sendText("r", "one");
    await settle();
    expect(sent()).toEqual([]);
    link.connection.ready = true;
    resend();
    resend();
    await settle();
    expect(sent()).toEqual(["one"]);
  });

  it("waits as long as the server asks for", async () => {
    link.call.mockRejectedValueOnce(new CallError("too-many-requests", ""));
    sendText("r", "one");
    sendText("r", "two");
    await settle();
    resend();
    expect(sent()).toEqual(["one"]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent()).toEqual(["one", "one", "two"]);
  });

  it("stays where the connection was lost, and fails where the server refuses or fails", async () => {
    link.call.mockRejectedValueOnce(new CallError("lost", ""));
    sendText("r", "one");
    await settle();
    expect(pending()).toMatchObject([{ fate: "waiting" }]);
    link.call.mockRejectedValueOnce(new CallError("500", "Internal server error"));
    resend();
    await settle();
    expect(pending()).toMatchObject([{ fate: "failed", error: { id: "500" } }]);
    resend();
    await settle();
    expect(sent()).toHaveLength(2);
    retry("r", pending()[0]?.message._id ?? "");
    await settle();
    expect(pending()).toEqual([]);
  });

  it("leaves what other tabs keep", async () => {
    writeJson(KEY, [{ _id: "theirs", rid: "r", msg: "theirs", ts: new Date(), u: { _id: "ann" } }]);
    sendText("r", "mine");
    expect(kept()).toEqual(["theirs", "mine"]);
    await settle();
    expect(kept()).toEqual(["theirs"]);
  });

  it("is taken over by the next page, without disturbing what is under way", async () => {
    writeJson(KEY, [{ _id: "m1", rid: "r", msg: "left", ts: new Date(5), u: { _id: "ann" } }]);
    adoptOutbox("ann");
    expect(pending()).toMatchObject([{ message: { _id: "m1", ts: new Date(5) }, fate: "waiting" }]);
    link.call.mockImplementationOnce(() => new Promise(() => {}));
    resend();
    await settle();
    adoptOutbox("ann");
    expect(pending()).toMatchObject([{ fate: "sending" }]);
  });
});
