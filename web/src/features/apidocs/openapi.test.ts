import { describe, expect, it } from "vitest";
import { alternatives, exampleOf, families, fieldsOf, findOperation, limitsOf, type OpenApi, operationsOf, typeOf } from "./openapi";

const document: OpenApi = {
  info: { title: "T", version: "1" },
  components: { responses: { Refused: { description: "Refused.", content: { "application/json": { schema: { type: "object", properties: { error: { type: "string" } } } } } } } },
  paths: {
    "/api/v1/groups.kick": {
      post: {
        summary: "Removes a user.",
        tags: ["groups"],
        security: [{}],
        "x-permissions": ["remove-user"],
        requestBody: { content: { "application/json": { schema: { type: "object", oneOf: [{ required: ["roomId"] }, { required: ["roomName"] }], properties: { roomId: { type: "string" }, roomName: { type: "string" }, userId: { type: "string" } } } } } },
        responses: { "400": { $ref: "#/components/responses/Refused" }, "200": { description: "Done." } },
      },
    },
    "/api/v1/settings/{_id}": { get: { tags: ["settings"], summary: "Tells." }, post: { tags: ["settings"], summary: "Changes." } },
    "/api/info": { get: { tags: ["info"] } },
  },
};
const operations = operationsOf(document);

describe("operationsOf", () => {
  it("names and orders calls", () => {
    expect(operations.map(({ id }) => id)).toEqual(["groups.kick", "api/info", "get:settings/{_id}", "post:settings/{_id}"]);
  });

  it("looks shared answers up", () => {
    expect(operations[0]?.answers.map(({ status, description }) => [status, description])).toEqual([["200", "Done."], ["400", "Refused."]]);
    expect(operations[0]?.answers[1]?.schema?.properties).toBeDefined();
  });
});

it("finds calls by words and by address", () => {
  expect(families(operations, "post settings").map(({ operations: list }) => list.map(({ id }) => id))).toEqual([["post:settings/{_id}"]]);
  expect(families(operations, "remove-user")[0]?.name).toBe("groups");
  expect(families(operations, "")).toHaveLength(3);
  expect(findOperation(operations, "#groups.kick")?.method).toBe("POST");
  expect(findOperation(operations, "#settings/%7B_id%7D")?.method).toBe("GET");
  expect(findOperation(operations, "#post:settings/{_id}")?.method).toBe("POST");
  expect(findOperation(operations, "#nothing")).toBeUndefined();
});

describe("typeOf", () => {
  it.each([
    [{ type: "string" }, "string"],
    [{ type: ["string", "null"] }, "string or null"],
    [{ type: "array", items: { title: "User", type: "object" } }, "list of User"],
    [{ enum: ["c", "p"] }, '"c" | "p"'],
    [{ const: true }, "true"],
    [{ oneOf: [{ type: "string" }, { type: "integer" }] }, "string | integer"],
    [{}, "any"],
  ])("says %j", (schema, text) => expect(typeOf(schema)).toBe(text));
});

it("unfolds fields", () => {
  const rows = fieldsOf({ type: "object", required: ["message"], properties: { message: { type: "object", properties: { rid: { type: "string" } } }, ids: { type: "array", items: { type: "string" } } } });
  expect(rows.map(({ path, depth, required }) => [path, depth, required])).toEqual([["message", 0, true], ["rid", 1, false], ["ids", 0, false]]);
});

it("writes limits", () => {
  expect(limitsOf({ minimum: 1, maximum: 5 })).toBe("1–5");
  expect(limitsOf({ minLength: 1, default: "x" })).toBe('≥ 1 characters, default "x"');
  expect(limitsOf({ maxItems: 9 })).toBe("≤ 9 items");
});

it("makes an example of what must be there", () => {
  const schema = operations[0]?.body?.schema ?? {};
  expect(alternatives(schema)).toEqual([["roomId"], ["roomName"]]);
  expect(exampleOf(schema)).toEqual({ roomId: "" });
  expect(exampleOf({ type: "object", required: ["on", "kind", "list"], properties: { on: { type: "boolean" }, kind: { enum: ["a"] }, list: { type: "array" }, more: {} } })).toEqual({ on: true, kind: "a", list: [] });
  expect(exampleOf({ type: "object", properties: { name: { type: "string" } } })).toEqual({ name: "" });
});
