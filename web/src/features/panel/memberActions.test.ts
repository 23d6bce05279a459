import { describe, expect, it } from "vitest";
import type { Room } from "@/lib/protocol/documents";
import { isMuted, mayInvite, mayInviteByLink, memberActions, type MemberSituation } from "./memberActions";

const room: Room = { _id: "R", t: "p", name: "plans" };
const situation = (granted: string[], more: Partial<MemberSituation> = {}): MemberSituation => ({
  room,
  member: { _id: "bob", username: "bob" },
  roles: [],
  uid: "ann",
  joined: true,
  ignored: [],
  may: (permission) => granted.includes(permission),
  ...more,
});
const names = (about: MemberSituation) => memberActions(about).map((one) => ("role" in one ? `${one.act} ${one.role}` : one.act));

const holds = (...granted: string[]) => (permission: string) => granted.includes(permission);

describe("the menu of a member", () => {
  it("offers a plain member nothing that would be refused", () => {
    expect(names(situation([]))).toEqual(["profile", "ignore"]);
    expect(names(situation(["create-d"]))).toEqual(["message", "profile", "ignore"]);
  });

  it("offers an owner the ranks, silence and removal", () => {
    const all = ["set-owner", "set-moderator", "set-leader", "mute-user", "remove-user"];
    expect(names(situation(all, { roles: ["moderator"] }))).toEqual(["profile", "grant owner", "revoke moderator", "grant leader", "mute", "ignore", "remove"]);
  });

  it("does not let people remove, mute or ignore themselves", () => {
    const own = situation(["remove-user", "mute-user", "set-owner", "create-d"], { uid: "bob", roles: ["owner"] });
    expect(names(own)).toEqual(["profile", "revoke owner"]);
  });

  it("knows the permission that reaches into any room of a kind", () => {
    expect(names(situation(["kick-user-from-any-c-room"]))).not.toContain("remove");
    expect(names(situation(["kick-user-from-any-c-room"], { room: { ...room, t: "c" } }))).toContain("remove");
  });

  it("offers no member of a conversation more than talk", () => {
    expect(names(situation(["remove-user", "set-owner"], { room: { ...room, t: "d" } }))).toEqual(["profile"]);
  });

  it("lets who looks in from outside ignore nobody", () => {
    expect(names(situation([], { joined: false }))).toEqual(["profile"]);
  });
});

describe("who is muted", () => {
  it("is who is listed, or in a read-only room who is not", () => {
    expect(isMuted({ ...room, muted: ["bob"] }, "bob")).toBe(true);
    expect(isMuted(room, "bob")).toBe(false);
    expect(isMuted({ ...room, ro: true }, "bob")).toBe(true);
    expect(isMuted({ ...room, ro: true, unmuted: ["bob"] }, "bob")).toBe(false);
  });
});

describe("who may bring others in", () => {
  it("is who may anywhere, or here as a member", () => {
    expect(mayInvite(room, true, holds("add-user-to-joined-room"))).toBe(true);
    expect(mayInvite(room, false, holds("add-user-to-joined-room"))).toBe(false);
    expect(mayInvite(room, false, holds("add-user-to-any-p-room"))).toBe(true);
    expect(mayInvite(room, true, holds("add-user-to-any-c-room"))).toBe(false);
  });

  it("is nobody in conversations and archived rooms", () => {
    expect(mayInvite({ ...room, t: "d" }, true, () => true)).toBe(false);
    expect(mayInvite({ ...room, archived: true }, true, () => true)).toBe(false);
  });

  it("by a link are members who may make some", () => {
    expect(mayInviteByLink(room, true, holds("create-invite-links"))).toBe(true);
    expect(mayInviteByLink(room, false, holds("create-invite-links"))).toBe(false);
    expect(mayInviteByLink(room, true, holds("add-user-to-joined-room"))).toBe(false);
    expect(mayInviteByLink({ ...room, t: "d" }, true, () => true)).toBe(false);
    expect(mayInviteByLink(undefined, true, () => true)).toBe(false);
  });
});
