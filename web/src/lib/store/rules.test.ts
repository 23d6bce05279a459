import { describe, expect, it } from "vitest";
import type { Message, Room, SettingValue, Subscription } from "../protocol/documents";
import { mayDelete, mayEdit, mayReact, standing } from "./rules";
import { initial, type State } from "./state";

const SENT = 1_000_000_000_000;
const MINUTE = 60_000;
const own: Message = { _id: "m1", rid: "r1", msg: "hi", ts: new Date(SENT), u: { _id: "ann", username: "ann" } };
const other: Message = { ...own, u: { _id: "bob", username: "bob" } };

interface Given {
  /** Permission to the roles that have it. */
  permissions?: Record<string, string[]>;
  settings?: Record<string, SettingValue>;
  room?: Partial<Room>;
  seat?: Partial<Subscription> | null;
}

function given({ permissions = {}, settings = {}, room = {}, seat = {} }: Given = {}): State {
  const subscription: Subscription = { _id: "s", rid: "r1", t: "c", u: { _id: "ann" }, name: "general", open: true, alert: false, unread: 0, ...seat };
  return {
    ...initial,
    session: { uid: "ann", token: "t" },
    me: { _id: "ann", username: "ann", roles: ["user"] },
    permissions: new Map(Object.entries({ "delete-own-message": ["user"], ...permissions }).map(([_id, roles]) => [_id, { _id, roles }])),
    settings: new Map(Object.entries(settings)),
    rooms: new Map([["r1", { _id: "r1", t: "c" as const, ...room }]]),
    subscriptions: new Map(seat === null ? [] : [["r1", subscription]]),
  };
}

describe("editing", () => {
  it("is for the author, while it is allowed", () => {
    expect(mayEdit(given(), own, SENT)).toBe(true);
    expect(mayEdit(given(), other, SENT)).toBe(false);
    expect(mayEdit(given({ settings: { Message_AllowEditing: false } }), own, SENT)).toBe(false);
  });

  it("is for who rules in the room", () => {
    const ruler = given({ permissions: { "edit-message": ["moderator"] }, seat: { roles: ["moderator"] }, settings: { Message_AllowEditing: false } });
    expect(mayEdit(ruler, other, SENT)).toBe(true);
  });

  it("ends with the time limit", () => {
    const settings = { Message_AllowEditing_BlockEditInMinutes: 2 };
    expect(mayEdit(given({ settings }), own, SENT + 2 * MINUTE - 1)).toBe(true);
    expect(mayEdit(given({ settings }), own, SENT + 2 * MINUTE)).toBe(false);
    expect(mayEdit(given({ settings, permissions: { "bypass-time-limit-edit-and-delete": ["user"] } }), own, SENT + 9 * MINUTE)).toBe(true);
  });

  it("is not for what the server tells, nor where nobody may write", () => {
    expect(mayEdit(given({ permissions: { "edit-message": ["user"] } }), { ...own, t: "uj" }, SENT)).toBe(false);
    expect(mayEdit(given(), { ...own, private: true }, SENT)).toBe(false);
    expect(mayEdit(given({ room: { archived: true } }), own, SENT)).toBe(false);
  });
});

describe("deleting", () => {
  it("takes a permission, for one's own too", () => {
    expect(mayDelete(given(), own, SENT)).toBe(true);
    expect(mayDelete(given({ permissions: { "delete-own-message": ["admin"] } }), own, SENT)).toBe(false);
    expect(mayDelete(given(), other, SENT)).toBe(false);
    expect(mayDelete(given({ permissions: { "delete-message": ["user"] } }), other, SENT)).toBe(true);
  });

  it("ends with the time limit, in rounded minutes", () => {
    const settings = { Message_AllowDeleting_BlockDeleteInMinutes: 2 };
    expect(mayDelete(given({ settings }), own, SENT + 149_999)).toBe(true);
    expect(mayDelete(given({ settings }), own, SENT + 150_000)).toBe(false);
    expect(mayDelete(given({ settings, permissions: { "force-delete-message": ["user"] } }), other, SENT + 9 * MINUTE)).toBe(true);
  });

  it("can be switched off, and is off in read-only rooms", () => {
    expect(mayDelete(given({ settings: { Message_AllowDeleting: false } }), own, SENT)).toBe(false);
    expect(mayDelete(given({ room: { ro: true } }), own, SENT)).toBe(false);
    expect(mayDelete(given(), { ...own, t: "rm" }, SENT)).toBe(false);
  });
});

describe("reacting", () => {
  it("is for members who may speak, or where a read-only room lets everybody react", () => {
    expect(mayReact(given(), other)).toBe(true);
    expect(mayReact(given({ seat: null }), other)).toBe(false);
    expect(mayReact(given({ room: { muted: ["ann"] } }), other)).toBe(false);
    expect(mayReact(given({ room: { ro: true } }), other)).toBe(false);
    expect(mayReact(given({ room: { ro: true, reactWhenReadOnly: true } }), other)).toBe(true);
    expect(mayReact(given(), { ...other, t: "rm" })).toBe(false);
  });
});

describe("standing", () => {
  it("says why nobody can write", () => {
    expect(standing(given(), "r1")).toBe("open");
    expect(standing(given({ seat: null }), "r1")).toBe("guest");
    expect(standing(given({ room: { archived: true } }), "r1")).toBe("archived");
    expect(standing(given({ seat: { blocker: true } }), "r1")).toBe("blocked");
    expect(standing(given({ room: { muted: ["ann"] } }), "r1")).toBe("muted");
    expect(standing(given({ room: { ro: true } }), "r1")).toBe("readonly");
    expect(standing(given({ room: { ro: true, unmuted: ["ann"] } }), "r1")).toBe("open");
    expect(standing(given({ room: { ro: true }, permissions: { "post-readonly": ["user"] } }), "r1")).toBe("open");
  });
});
