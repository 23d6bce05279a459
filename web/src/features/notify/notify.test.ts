// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import type { Subscription } from "@/lib/protocol/documents";
import { marked, signOf, totalOf, unmarked } from "./badge";
import { hoursFromUtc } from "./clock";
import { awayAfter } from "./idle";
import { mayLead } from "./leader";
import { preferenceIn } from "@/app/preferences";
import { soundFor } from "./sounds";

const room = (more: Partial<Subscription>): Subscription => ({
  _id: "S",
  rid: "R",
  t: "c",
  u: { _id: "ann" },
  name: "plans",
  open: true,
  alert: false,
  unread: 0,
  ...more,
});

describe("how much is new", () => {
  it("is the sum of what counts", () => {
    const rooms = [room({ unread: 2, alert: true }), room({ unread: 1, userMentions: 1, alert: true }), room({})];
    expect(totalOf(rooms)).toEqual({ count: 3, some: true });
    expect(totalOf([])).toEqual({ count: 0, some: false });
  });

  it("is something where nothing counts", () => {
    expect(totalOf([room({ alert: true })])).toEqual({ count: 0, some: true });
  });

  it("leaves out what is hidden, archived, or not to be told", () => {
    expect(totalOf([room({ unread: 4, alert: true, open: false })])).toEqual({ count: 0, some: false });
    expect(totalOf([room({ unread: 4, alert: true, archived: true })])).toEqual({ count: 0, some: false });
    expect(totalOf([room({ alert: true, hideUnreadStatus: true })])).toEqual({ count: 0, some: false });
    expect(totalOf([room({ alert: true, unread: 3, unreadAlert: "nothing" })])).toEqual({ count: 0, some: false });
  });

  it("follows the preference where the room says nothing", () => {
    expect(totalOf([room({ alert: true })], false).some).toBe(false);
    expect(totalOf([room({ alert: true, unreadAlert: "all" })], false).some).toBe(true);
    expect(totalOf([room({ alert: true, unreadAlert: "mentions" })], true).some).toBe(false);
    expect(totalOf([room({ alert: true, unread: 1 })], false)).toEqual({ count: 1, some: true });
  });

  it("stands on the tab", () => {
    expect(marked({ count: 3, some: true }, "plans · Acme")).toBe("(3) plans · Acme");
    expect(marked({ count: 120, some: true }, "Acme")).toBe("(99+) Acme");
    expect(marked({ count: 0, some: true }, "Acme")).toBe("• Acme");
    expect(marked({ count: 0, some: false }, "Acme")).toBe("Acme");
    for (const count of [0, 3, 120]) expect(unmarked(marked({ count, some: true }, "plans · Acme"))).toBe("plans · Acme");
    expect(unmarked("(old) plans")).toBe("(old) plans");
    expect(signOf({ count: 0, some: false })).toBe("");
  });
});

describe("the tab that speaks for all", () => {
  it("is the one that does, until it says so no more", () => {
    expect(mayLead(undefined, "one", 100)).toBe(true);
    expect(mayLead({ tab: "one", until: 200 }, "two", 100)).toBe(false);
    expect(mayLead({ tab: "one", until: 200 }, "one", 100)).toBe(true);
    expect(mayLead({ tab: "one", until: 200 }, "two", 200)).toBe(true);
  });
});

const at = (minutes: number) => Object.assign(new Date(0), { getTimezoneOffset: () => minutes });

describe("where somebody is", () => {
  it("is so many hours east of UTC", () => {
    expect(hoursFromUtc(at(-330))).toBe(5.5);
    expect(hoursFromUtc(at(480))).toBe(-8);
  });
});

describe("when somebody is away", () => {
  it("is after the preferred time, or never", () => {
    expect(awayAfter(true, 60)).toBe(60_000);
    expect(awayAfter(undefined, undefined)).toBe(300_000);
    expect(awayAfter(true, 0)).toBe(300_000);
    expect(awayAfter(false, 60)).toBeUndefined();
  });
});

describe("the sound of a notice", () => {
  it("is the room's own, else the preferred one", () => {
    expect(soundFor("ding", "chime")).toBe("ding");
    expect(soundFor("default", "beep")).toBe("beep");
    expect(soundFor(undefined, undefined)).toBe("chime");
  });

  it("may be none", () => {
    expect(soundFor("none", "chime")).toBeUndefined();
    expect(soundFor(undefined, "none")).toBeUndefined();
  });
});

describe("a preference", () => {
  const settings = new Map([["Accounts_Default_User_Preferences_unreadAlert", true]]);

  it("is one's own, else the workspace's", () => {
    const me = { _id: "ann", settings: { preferences: { unreadAlert: false } } };
    expect(preferenceIn({ me, settings }, "unreadAlert")).toBe(false);
    expect(preferenceIn({ me: { _id: "ann" }, settings }, "unreadAlert")).toBe(true);
    expect(preferenceIn({ me, settings }, "other")).toBeUndefined();
  });
});
