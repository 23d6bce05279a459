// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { view } from "@/app/view";
import { connection } from "@/lib/client/link";
import { hearPersonal, type Notice } from "@/lib/client/personal";
import { initial, store } from "@/lib/store/state";
import { soundOf, tellNotices } from "./notices";

const shown: { title: string; click: () => void }[] = [];

class Shown {
  static permission = "granted";
  constructor(readonly title: string) {}
  addEventListener(_: string, click: () => void) {
    shown.push({ title: this.title, click });
  }
  close() {}
}

const notice: Notice = { title: "#plans", text: "bob: look", payload: { _id: "M", rid: "R", type: "p", name: "plans", sender: { _id: "bob", username: "bob" } } };
const tabs = (front: boolean) => ({ inFront: () => front, end: () => {} });
const leadership = (leads: boolean) => ({ leads, end: () => {} });

/** As if the server told of it. */
let tell: (told: Notice) => void = () => {};
const ends: (() => void)[] = [];

beforeEach(() => {
  shown.length = 0;
  vi.spyOn(connection, "listen").mockImplementation((_, event, handler) => {
    if (event === "ann/notification") tell = (told) => handler([told], event);
    return () => {};
  });
  hearPersonal("ann");
  vi.stubGlobal("Notification", Shown);
  store.setState({ ...initial, session: { uid: "ann", token: "t" }, me: { _id: "ann", username: "ann", settings: { preferences: {} } } });
});

afterEach(() => {
  ends.splice(0).forEach((end) => end());
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** What who hears the page has been told, a moment later. */
function said(): string {
  vi.advanceTimersByTime(100);
  return document.querySelector("[role=status]")?.textContent ?? "";
}

describe("a notice", () => {
  it("is shown by the tab that speaks for all", () => {
    ends.push(tellNotices(leadership(true), tabs(false)));
    tell(notice);
    expect(shown.map(({ title }) => title)).toEqual(["#plans"]);
  });

  it("is said on the page that has the focus, unless its room is shown there", () => {
    vi.useFakeTimers();
    const focus = vi.spyOn(document, "hasFocus").mockReturnValue(true);
    ends.push(tellNotices(leadership(false), tabs(true)), () => view.setState({ rid: undefined }));
    view.setState({ rid: "R" });
    tell(notice);
    expect(said()).toBe("");
    view.setState({ rid: "other" });
    focus.mockReturnValue(false);
    tell(notice);
    expect(said()).toBe("");
    focus.mockReturnValue(true);
    tell({ ...notice, text: "x".repeat(1_000) });
    expect(said()).toMatch(/^#plans: x{100,292}$/);
    vi.useRealTimers();
  });

  it("is told by no other tab", () => {
    ends.push(tellNotices(leadership(false), tabs(false)));
    tell(notice);
    expect(shown).toEqual([]);
  });

  it("is no news about the room that somebody looks at", () => {
    ends.push(tellNotices(leadership(true), tabs(true)));
    tell(notice);
    expect(shown).toEqual([]);
  });

  it("leads to its message", () => {
    ends.push(tellNotices(leadership(true), tabs(false)));
    tell(notice);
    shown[0]?.click();
    expect(location.pathname + location.search).toBe("/group/plans?msg=M");
  });

  it("is heard as the room or its reader wants it", () => {
    expect(soundOf("R", false)).toBe("chime");
    expect(soundOf("R", true)).toBeUndefined();
    const subscription = { _id: "S", rid: "R", t: "p" as const, u: { _id: "ann" }, name: "plans", open: true, alert: false, unread: 0, audioNotificationValue: "none" };
    store.setState({ subscriptions: new Map([["R", subscription]]) });
    expect(soundOf("R", false)).toBeUndefined();
  });
});
