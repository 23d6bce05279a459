// @vitest-environment jsdom
import { beforeEach, expect, it, vi } from "vitest";

/** What the calls are answered with: the client takes `fetch` as it is when it is made. */
const server = vi.hoisted(() => {
  const fake = { fetch: (request: Request): Promise<Response> => Promise.reject(new Error(`not now: ${request.url}`)) };
  globalThis.fetch = (request) => fake.fetch(request as Request);
  // Requests are made without an address of the server: the page's own.
  const { Request: Own } = globalThis;
  globalThis.Request = class extends Own {
    constructor(input: RequestInfo | URL, init?: RequestInit) {
      super(typeof input === "string" ? new URL(input, "http://localhost") : input, init);
    }
  };
  return fake;
});
const { enterByInvite } = await import("./invites");

const room = { rid: "r", t: "p", name: "plans" };
const calls: string[] = [];

/** A server on which a link is good, or not. */
function answering(valid: boolean) {
  server.fetch = async (request) => {
    const call = new URL(request.url).pathname.split("/").pop() ?? "";
    calls.push(call);
    const body = call === "validateInviteToken" ? { valid, success: true } : { room, success: true };
    return new Response(JSON.stringify(body), { headers: { "content-type": "application/json" } });
  };
}

beforeEach(() => void calls.splice(0));

it("a good link leads into its room, once for all who ask at once", async () => {
  answering(true);
  expect(await Promise.all([enterByInvite("T"), enterByInvite("T")])).toEqual([room, room]);
  expect(calls).toEqual(["validateInviteToken", "useInviteToken"]);
});

it("a bad one is not tried", async () => {
  answering(false);
  expect(await enterByInvite("T")).toBeUndefined();
  expect(calls).toEqual(["validateInviteToken"]);
});

it("what failed can be tried again", async () => {
  server.fetch = () => Promise.reject(new Error("away"));
  await expect(enterByInvite("T")).rejects.toMatchObject({ id: "offline" });
  answering(true);
  expect(await enterByInvite("T")).toEqual(room);
});
