import { expect, it, vi } from "vitest";
import { factorPrompt } from "@/lib/api/factor";
import type { Operation } from "./openapi";
import { addressOf, curlOf, missing, pretty, send } from "./request";

const operation: Operation = {
  id: "x", method: "GET", path: "/api/v1/settings/{_id}", name: "settings/{_id}", family: "settings", summary: "", description: undefined,
  parameters: [{ name: "_id", in: "path" }, { name: "count", in: "query" }, { name: "q", in: "query", required: true }],
  body: undefined, answers: [], login: true, permissions: [], deprecated: false,
};

it("puts values into path and query", () => {
  expect(addressOf(operation, { _id: "Site Name", count: "", q: "a&b" })).toBe("/api/v1/settings/Site%20Name?q=a%26b");
  expect(missing(operation, { _id: "x" })).toEqual(["q"]);
});

it("writes a shell command that quotes what it must", () => {
  const post: Operation = { ...operation, method: "POST", path: "/api/v1/x", parameters: [], body: { type: "application/json", schema: {} } };
  expect(curlOf(post, { values: {}, body: '{ "text": "it\'s" }' }, "https://chat.example.org")).toBe(
    [
      "curl 'https://chat.example.org/api/v1/x'",
      '-H "X-Auth-Token: $TOKEN"',
      '-H "X-User-Id: $USER_ID"',
      "-H 'Content-Type: application/json'",
      `-d '{"text":"it'\\''s"}'`,
    ].join(" \\\n  "),
  );
  expect(curlOf({ ...post, body: undefined, login: false }, { values: {}, body: "" }, "http://x")).toBe("curl 'http://x/api/v1/x' -X POST");
});

it("lays out what is JSON", () => {
  expect(pretty('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(pretty("no")).toBe("no");
});

it("asks for a second factor where the server wants one, and tells the answer that came with it", async () => {
  const refused = { success: false, error: "TOTP Required [totp-required]", errorType: "totp-required", details: { method: "password" } };
  const fetched = vi.fn<(address: string, options: RequestInit) => Promise<Response>>(async (_, { headers }) =>
    "x-2fa-code" in (headers as object) ? Response.json({ success: true }) : Response.json(refused, { status: 400 }),
  );
  vi.stubGlobal("fetch", fetched);
  const sent = send({ ...operation, method: "POST" }, { values: { _id: "x", q: "y" }, body: "" }, {});
  await vi.waitFor(() => expect(factorPrompt.getState().prompt).toBeDefined());
  factorPrompt.getState().prompt?.answer("secret");
  await expect(sent).resolves.toMatchObject({ status: 200, text: '{\n  "success": true\n}' });
  const refusedAgain = send({ ...operation, method: "POST" }, { values: { _id: "x", q: "y" }, body: "" }, {});
  await vi.waitFor(() => expect(factorPrompt.getState().prompt).toBeDefined());
  factorPrompt.getState().prompt?.answer(undefined);
  await expect(refusedAgain).resolves.toMatchObject({ status: 400 });
  vi.unstubAllGlobals();
});
