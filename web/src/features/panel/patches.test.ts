import { describe, expect, it } from "vitest";
import type { Subscription } from "@/lib/protocol/documents";
import { fieldPatch, levelOf, roomPatch } from "./patches";

const subscription: Subscription = { _id: "S", rid: "R", t: "c", u: { _id: "ann" }, name: "plans", open: true, alert: false, unread: 0 };

describe("how a user is told of a room", () => {
  it("is the room's own only where it was chosen there", () => {
    expect(levelOf({ ...subscription, desktopNotifications: "all", desktopPrefOrigin: "user" }, "desktopNotifications")).toBe("default");
    expect(levelOf({ ...subscription, desktopNotifications: "all", desktopPrefOrigin: "subscription" }, "desktopNotifications")).toBe("all");
    expect(levelOf(subscription, "emailNotifications")).toBe("default");
  });

  it("is shown before the server answers", () => {
    expect(fieldPatch("desktopNotifications", "nothing")).toEqual({ desktopNotifications: "nothing", desktopPrefOrigin: "subscription" });
    expect(fieldPatch("desktopNotifications", "default")).toEqual({ desktopNotifications: undefined, desktopPrefOrigin: "user" });
    expect(fieldPatch("disableNotifications", "1")).toEqual({ disableNotifications: true });
    expect(fieldPatch("hideUnreadStatus", "0")).toEqual({ hideUnreadStatus: false });
    expect(fieldPatch("audioNotificationValue", "default")).toEqual({ audioNotificationValue: undefined });
  });

  it("round-trips a choice", () => {
    expect(levelOf({ ...subscription, ...fieldPatch("emailNotifications", "all") }, "emailNotifications")).toBe("all");
    expect(levelOf({ ...subscription, ...fieldPatch("emailNotifications", "default") }, "emailNotifications")).toBe("default");
  });
});

describe("a changed room", () => {
  it("shows what is certain, and no name or kind", () => {
    expect(roomPatch({ roomTopic: "spring", readOnly: true })).toEqual({ topic: "spring", ro: true });
    expect(roomPatch({ roomDescription: "" })).toEqual({ description: undefined });
    expect(roomPatch({ roomName: "x", roomType: "p" })).toEqual({});
  });
});
