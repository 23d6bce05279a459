import { describe, expect, it } from "vitest";
import { explained, familyOf, ofSetting } from "./words";
import { findPermissions } from "./find";

describe("explained", () => {
  it.each([
    ["create-c", "Create channels"],
    ["change-setting-Site_Url", "Change the setting “Site URL”"],
    ["view-livechat-queue", "See livechat queue"],
    ["outbound.send-messages", "Write to customers first"],
    ["manage-voip-extensions", "Manage VoIP extensions"],
  ])("says what %s allows", (id, text) => expect(explained(id)).toBe(text));
});

it("parts permissions by what they are of", () => {
  expect(familyOf("delete-own-message")).toBe("messages");
  expect(familyOf("create-p")).toBe("rooms");
  expect(familyOf("edit-other-user-info")).toBe("people");
  expect(familyOf("view-l-room")).toBe("omnichannel");
  expect(familyOf("view-statistics")).toBe("server");
  expect(ofSetting("change-setting-Site_Name")).toBe(true);
});

it("finds by words and ids", () => {
  const all = [{ _id: "create-c", roles: [] }, { _id: "archive-room", roles: [] }, { _id: "create-p", roles: [] }];
  expect(findPermissions(all, "").map(({ _id }) => _id)).toEqual(["archive-room", "create-c", "create-p"]);
  expect(findPermissions(all, "private").map(({ _id }) => _id)).toEqual(["create-p"]);
  expect(findPermissions(all, "create-c").map(({ _id }) => _id)).toEqual(["create-c"]);
});
