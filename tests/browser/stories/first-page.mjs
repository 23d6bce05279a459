// Somebody opens the server's address for the first time.
import assert from "node:assert/strict";
import { story } from "../harness.mjs";

await story(async ({ person }) => {
  const ann = await person("ann");
  const answer = await ann.open("/");
  const headers = answer.headers();
  const policy = headers["content-security-policy"];
  assert.match(policy, /script-src 'self';/);
  assert.match(policy, /style-src 'self';/);
  assert.match(policy, /frame-ancestors 'self'$/);
  assert.doesNotMatch(policy, /unsafe|\*/);
  assert.equal(headers["x-content-type-options"], "nosniff");

  await ann.page.getByRole("heading", { level: 1 }).first().waitFor();
  assert.match(await ann.page.title(), /Gantry/);
  const version = await ann.page.evaluate(() => globalThis.require("/app/utils/rocketchat.info").Info.version);
  assert.match(version, /^\d+\.\d+\.\d+$/);
  await ann.accessible();

  // A link into a room opens the same client there.
  assert.equal((await ann.open("/channel/general")).status(), 200);
});
