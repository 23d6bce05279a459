import { expect, it } from "vitest";
import { endOf, roomOf } from "./calls";

const open = { expires: "2026-08-02T12:00:00.000Z", maxUses: 2, uses: 1 };
const at = (time: string) => Date.parse(`2026-08-${time}.000Z`);

it("an invitation ends by time, and by use", () => {
  expect(endOf(open, at("02T11:59:59"))).toBe("open");
  expect(endOf(open, at("02T12:00:00"))).toBe("over");
  expect(endOf({ ...open, uses: 2 }, at("01T00:00:00"))).toBe("usedUp");
  expect(endOf({ expires: null, maxUses: 0, uses: 1_000 }, at("30T00:00:00"))).toBe("open");
});

it("its room is called as it is shown, and by its id where its name is not for everybody", () => {
  const invite = { _id: "i", rid: "r", userId: "u", createdAt: "", ...open };
  expect(roomOf({ ...invite, room: { t: "p", name: "plans", fname: "Plans" } })).toBe("Plans");
  expect(roomOf({ ...invite, room: { t: "p", name: "plans" } })).toBe("plans");
  expect(roomOf(invite)).toBe("r");
});
