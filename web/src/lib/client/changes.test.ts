import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Message } from "../protocol/documents";
import { initial, now, store } from "../store/state";
import { empty } from "../store/timeline";
import { editText, react, reacted } from "./changes";

const link = vi.hoisted(() => ({ call: vi.fn<(method: string, ...params: unknown[]) => Promise<unknown>>() }));
vi.mock("./link", () => link);

const message: Message = { _id: "m1", rid: "r1", msg: "hi", ts: new Date(0), u: { _id: "bob" }, reactions: { ":a:": { usernames: ["bob"] } } };
const shown = () => store.getState().timelines.get("r1")?.messages[0];

beforeEach(() => {
  link.call.mockReset();
  store.setState({ ...initial, me: { _id: "ann", username: "ann" }, session: { uid: "ann", token: "t" }, timelines: new Map([["r1", { ...empty, messages: [message] }]]) });
});

describe("reactions", () => {
  it("are given, and join those that are there", () => {
    expect(reacted(undefined, ":a:", "ann", true)).toEqual({ ":a:": { usernames: ["ann"], names: undefined } });
    const both = reacted({ ":a:": { usernames: ["bob"] }, ":b:": { usernames: ["bob"] } }, ":a:", "ann", true);
    expect(both[":a:"]?.usernames).toEqual(["bob", "ann"]);
    expect(Object.keys(both)).toEqual([":a:", ":b:"]);
  });

  it("are taken back, with the names beside them, and go with the last", () => {
    const one = { ":a:": { usernames: ["bob", "ann"], names: ["Bob", "Ann"] } };
    const left = reacted(one, ":a:", "bob", false);
    expect(left).toEqual({ ":a:": { usernames: ["ann"], names: ["Ann"] } });
    expect(reacted(left, ":a:", "ann", false)).toEqual({});
  });

  it("are nobody's twice, and nothing is taken from who gave nothing", () => {
    const one = { ":a:": { usernames: ["ann"] } };
    expect(reacted(one, ":a:", "ann", true)).toEqual(one);
    expect(reacted(one, ":a:", "bob", false)).toEqual(one);
  });
});

describe("a change", () => {
  it("is shown before the server has it", async () => {
    link.call.mockResolvedValue(undefined);
    const done = react(message, ":a:", true);
    expect(shown()?.reactions?.[":a:"]?.usernames).toEqual(["bob", "ann"]);
    await done;
    expect(link.call).toHaveBeenCalledWith("setReaction", ":a:", "m1", true);
    expect(shown()?.reactions?.[":a:"]?.usernames).toEqual(["bob", "ann"]);
  });

  it("is taken back when it is refused", async () => {
    link.call.mockRejectedValue(new Error("no"));
    const done = editText(message, "ho");
    expect(shown()?.msg).toBe("ho");
    await expect(done).rejects.toThrow("no");
    expect(shown()).toBe(message);
  });

  it("is not taken back over what the server said meanwhile", async () => {
    link.call.mockImplementation(() => {
      const newer = { ...message, msg: "of another" };
      now((draft) => void draft.map("timelines").set("r1", { ...empty, messages: [newer] }));
      return Promise.reject(new Error("no"));
    });
    await expect(editText(message, "ho")).rejects.toThrow("no");
    expect(shown()?.msg).toBe("of another");
  });
});
