// Somebody who never heard of Gantry opens a new server: the administrator, the workspace, a first message. From then on
// nobody else is asked to set anything up.
import assert from "node:assert/strict";
import { messages, say } from "../acts.mjs";
import { story } from "../harness.mjs";
import { program } from "../program.mjs";

const server = await program();
await story(async ({ person }) => {
  const ann = await person("ann", { home: server.address });
  const { page } = ann;
  await ann.open("/");
  await page.waitForURL("**/setup-wizard");
  await ann.accessible();
  await page.getByLabel("Your name").fill("Ann Smith");
  await page.getByLabel("User name").fill("ann");
  await page.getByLabel("Mail address").fill("ann@example.org");
  await page.getByLabel("Password", { exact: true }).fill("Horse-staple-9-battery");
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByLabel("Name of the workspace").fill("Harbour");
  await ann.accessible();
  await page.getByRole("button", { name: "Open the workspace" }).click();
  await page.waitForURL("**/channel/**");
  await messages(ann).getByText(/Harbour/).first().waitFor();
  await say(ann, "Here we are");
  await messages(ann).getByText("Here we are").waitFor();
  await ann.accessible();

  const bob = await person("bob", { home: server.address });
  await bob.open("/");
  await bob.page.getByRole("heading", { name: /Log in/ }).waitFor();
  assert.match(await bob.page.title(), /Harbour/);
});
await server.end();
