import { describe, expect, it } from "vitest";
import type { Message } from "../protocol/documents";
import type { Timeline } from "./state";
import { bounded, empty, extended, merged, shortened, withMessage, withoutMessages } from "./timeline";

const message = (ts: number, more: Partial<Message> = {}): Message => ({ _id: `m${ts}`, rid: "r", msg: `${ts}`, ts: new Date(ts), u: { _id: "u" }, _updatedAt: new Date(ts), ...more });
const timeline = (times: number[], more: Partial<Timeline> = {}): Timeline => ({ ...empty, loading: undefined, messages: times.map((ts) => message(ts)), ...more });
const times = (one: Timeline | undefined) => one?.messages.map(({ msg }) => Number(msg));

describe("messages of a room", () => {
  it("stand in the order of time, each once", () => {
    const both = merged([message(1), message(3)], [message(2), message(3), message(4)]);
    expect(both.map(({ msg }) => msg)).toEqual(["1", "2", "3", "4"]);
  });

  it("take in a change, and never one that is older than what is known", () => {
    const changed = withMessage(timeline([1, 2]), message(2, { msg: "new", _updatedAt: new Date(9) }));
    expect(changed.messages[1]?.msg).toBe("new");
    expect(withMessage(changed, message(2, { msg: "old" })).messages[1]?.msg).toBe("new");
  });

  it("do not join over a gap", () => {
    expect(times(withMessage(timeline([5, 6], { hasNewer: true }), message(9)))).toEqual([5, 6]);
    expect(times(withMessage(timeline([5, 6], { hasOlder: true }), message(1)))).toEqual([5, 6]);
    expect(times(withMessage(timeline([5, 6], { hasOlder: false }), message(1)))).toEqual([1, 5, 6]);
  });

  it("know up to where they are in step with the server", () => {
    const fresh = withMessage(timeline([1]), message(2, { _updatedAt: new Date(70) }));
    expect(fresh.syncedTo).toEqual(new Date(70));
  });

  it("grow at the end that was asked for", () => {
    const more = extended(timeline([5, 6]), [message(3), message(4)], "older", false);
    expect(times(more)).toEqual([3, 4, 5, 6]);
    expect(more.hasOlder).toBe(false);
  });

  it("are let go at the far end when there are too many, which is a gap then", () => {
    const many = bounded(timeline([1, 2, 3, 4]), "older", 2);
    expect(times(many)).toEqual([1, 2]);
    expect(many.hasNewer).toBe(true);
    expect(times(bounded(timeline([1, 2, 3, 4]), "newer", 2))).toEqual([3, 4]);
  });

  it("are few in rooms that nobody looks at, and none where they do not reach the present", () => {
    const long = timeline(Array.from({ length: 100 }, (_, ts) => ts + 1));
    expect(shortened(long)?.messages).toHaveLength(60);
    expect(shortened({ ...long, hasNewer: true })).toBeUndefined();
  });

  it("go without a trace", () => {
    expect(times(withoutMessages(timeline([1, 2]), new Set(["m1"])))).toEqual([2]);
  });
});
