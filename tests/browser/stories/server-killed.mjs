// The server is killed while people write, and comes back: everybody goes on without a reload, nothing is missing or doubled.
import assert from "node:assert/strict";
import { messages, say, texts } from "../acts.mjs";
import { story } from "../harness.mjs";
import { program } from "../program.mjs";

const admin = { username: "admin", password: "Horse-staple-9-battery" };
const server = await program({ ADMIN_USERNAME: admin.username, ADMIN_PASS: admin.password, ADMIN_EMAIL: "admin@example.org" });

/** Logs in at the page of the story's own server. */
async function enter(one) {
  await one.open("/login");
  await one.page.getByLabel("User name or mail address").fill(admin.username);
  await one.page.getByLabel("Password", { exact: true }).fill(admin.password);
  await one.page.getByRole("button", { name: "Log in" }).click();
  await one.page.getByRole("navigation").first().waitFor();
  await one.open("/channel/general");
}

await story(async ({ person }) => {
  const [ann, bob] = [await person("ann", { home: server.address }), await person("bob", { home: server.address })];
  for (const one of [ann, bob]) await enter(one);
  const written = [];
  for (let round = 0; round < 3; round += 1) {
    for (const [name, one] of [["ann", ann], ["bob", bob]]) {
      written.push(`line ${round} ${name}`);
      await say(one, written.at(-1));
    }
    if (round === 1) {
      await server.kill();
      written.push("line 1 while it is gone");
      await say(ann, written.at(-1));
      await messages(ann).getByText("while it is gone").waitFor();
      await server.start();
    }
  }
  for (const one of [ann, bob]) for (const line of written) await messages(one).getByText(line).waitFor({ timeout: 60_000 });
  const [seen, also] = [await texts(ann, "line "), await texts(bob, "line ")];
  assert.deepEqual(seen, also);
  assert.deepEqual(seen.toSorted(), written.toSorted());
  for (const one of [ann, bob]) one.forgive(/WebSocket connection|ERR_|Failed to load resource/);
});
await server.end();
