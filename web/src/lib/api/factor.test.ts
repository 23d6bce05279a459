// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from "vitest";
import { CallError } from "../ddp/errors";
import { digestOf } from "../digest";
import { type Factor, factorPrompt, wantsPassword, withFactor } from "./factor";

/** What the calls are answered with: the client takes `fetch` as it is when it is made. */
const server = vi.hoisted(() => {
  const fake: { fetch?: (request: Request) => Promise<Response> } = {};
  globalThis.fetch = (request) => fake.fetch?.(request as Request) ?? Promise.reject(new Error("not now"));
  return fake;
});
const { answered, rest } = await import("./rest");

const required = () => new CallError("totp-required", "TOTP Required", { method: "password" });
const invalid = () => new CallError("totp-invalid", "TOTP Invalid", { method: "password" });
const prompt = () => factorPrompt.getState().prompt;

/** Waits for the question, and answers it. */
async function answer(password: string | undefined) {
  await vi.waitFor(() => expect(prompt()?.busy).toBe(false));
  prompt()?.answer(password);
}

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
const refusal = (id: string) => json(400, { success: false, error: `x [${id}]`, errorType: id, details: { method: "password" } });
const save = () => answered(rest.POST("/api/v1/settings/{_id}", { params: { path: { _id: "Site_Name" } } as never, body: { value: "Ours" } as never, baseUrl: "http://localhost" }));

afterEach(() => delete server.fetch);

describe("a call that wants the password", () => {
  it("is made again with it", async () => {
    const again = vi.fn<(factor?: Factor) => Promise<string>>().mockResolvedValue("done");
    const call = withFactor(required(), again);
    await answer("secret");
    expect(await call).toBe("done");
    expect(again).toHaveBeenCalledExactlyOnceWith({ code: digestOf("secret"), method: "password" });
    expect(prompt()).toBeUndefined();
  });

  it("is asked for until it is right", async () => {
    const again = vi.fn<(factor?: Factor) => Promise<string>>().mockRejectedValueOnce(invalid()).mockResolvedValue("done");
    const call = withFactor(required(), again);
    await answer("guess");
    await vi.waitFor(() => expect(prompt()).toMatchObject({ wrong: true, busy: false }));
    await answer("secret");
    expect(await call).toBe("done");
  });

  it("fails as it did when the person would rather not, and with what else goes wrong", async () => {
    const refused = required();
    const call = withFactor(refused, async () => "never");
    await answer(undefined);
    await expect(call).rejects.toBe(refused);
    const other = withFactor(required(), () => Promise.reject(new CallError("error-not-allowed", "")));
    await answer("secret");
    await expect(other).rejects.toMatchObject({ id: "error-not-allowed" });
    expect(prompt()).toBeUndefined();
  });

  it("asks once for calls made at the same time", async () => {
    let remembered = false;
    const again = async (factor?: Factor) => {
      if (!factor && !remembered) throw required();
      remembered = true;
      return factor ? "shown" : "remembered";
    };
    const calls = Promise.all([withFactor(required(), again), withFactor(required(), again)]);
    await answer("secret");
    expect(await calls).toEqual(["shown", "remembered"]);
  });

  it("is one that wants that kind of it", () => {
    expect(wantsPassword(required())).toBe(true);
    expect(wantsPassword(invalid())).toBe(false);
    expect(wantsPassword(new CallError("totp-required", "", { method: "totp" }))).toBe(false);
  });
});

describe("over REST", () => {
  it("the same body goes with the headers", async () => {
    const sent: { body: string; code: string | null; method: string | null }[] = [];
    server.fetch = async (request) => {
      const headers = request.headers;
      sent.push({ body: await request.text(), code: headers.get("x-2fa-code"), method: headers.get("x-2fa-method") });
      return [refusal("totp-required"), refusal("totp-invalid"), json(200, { success: true })][sent.length - 1] ?? json(500, {});
    };
    const call = save();
    await answer("guess");
    await vi.waitFor(() => expect(prompt()).toMatchObject({ wrong: true, busy: false }));
    await answer("secret");
    expect(await call).toEqual({ success: true });
    const body = JSON.stringify({ value: "Ours" });
    expect(sent).toEqual([
      { body, code: null, method: null },
      { body, code: digestOf("guess"), method: "password" },
      { body, code: digestOf("secret"), method: "password" },
    ]);
  });

  it("who would rather not has the refusal; other refusals ask nothing", async () => {
    server.fetch = async () => refusal("totp-required");
    const call = save();
    await answer(undefined);
    await expect(call).rejects.toMatchObject({ id: "totp-required" });
    server.fetch = async () => refusal("totp-invalid");
    await expect(save()).rejects.toMatchObject({ id: "totp-invalid" });
    expect(prompt()).toBeUndefined();
  });
});
