// @vitest-environment jsdom
import { beforeEach, expect, it, vi } from "vitest";
import { CallError } from "@/lib/ddp/errors";
import { initial, store } from "@/lib/store/state";
import { grant } from "./grant";

const call = vi.hoisted(() => vi.fn<(...args: unknown[]) => Promise<unknown>>());
vi.mock("@/lib/client/link", () => ({ call }));

const t = ((key: string) => key) as never;
const roles = () => store.getState().permissions.get("create-c")?.roles;

beforeEach(() => {
  call.mockReset();
  store.setState({ ...initial, permissions: new Map([["create-c", { _id: "create-c", roles: ["admin"] }]]) });
});

it("shows a tick at once, and sends that role alone", async () => {
  call.mockResolvedValue(undefined);
  const done = grant("create-c", "guest", true, t);
  expect(roles()).toEqual(["admin", "guest"]);
  await done;
  expect(call).toHaveBeenCalledWith("authorization:addPermissionToRole", "create-c", "guest");
  expect(roles()).toEqual(["admin", "guest"]);
});

it("takes it back when the server refuses, and keeps what others did meanwhile", async () => {
  call.mockImplementation(() => {
    store.setState({ permissions: new Map([["create-c", { _id: "create-c", roles: ["bot"] }]]) });
    throw new CallError("error-action-not-allowed", "No");
  });
  await grant("create-c", "admin", false, t);
  expect(roles()).toEqual(["bot", "admin"]);
});
