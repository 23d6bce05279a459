// One person with two tabs: what is read in one is read in the other, and logging out ends both.
import assert from "node:assert/strict";
import { account, story } from "../harness.mjs";
import { enter, group, messages, say } from "../acts.mjs";

await story(async ({ person }) => {
  const [fritz, gina] = [await account("fritz"), await account("gina")];
  await group("tabs", [fritz, gina]);
  const [ann, bob] = [await person("fritz"), await person("gina")];
  await enter(ann, fritz, "/group/tabs");
  await enter(bob, gina, "/home");
  const second = await bob.context.newPage();
  await second.goto(bob.page.url());
  await second.getByRole("navigation").first().waitFor();

  await say(ann, "Hello @gina");
  for (const page of [bob.page, second]) {
    await page.waitForFunction(() => /^\(1\)/.test(document.title), undefined, { timeout: 5_000 });
  }
  await second.bringToFront();
  await second.getByRole("navigation").getByText("tabs").click();
  await second.getByRole("log").getByText("Hello").waitFor();
  for (const page of [bob.page, second]) await page.waitForFunction(() => !/^\(/.test(document.title), undefined, { timeout: 8_000 });

  await second.evaluate(() => localStorage.removeItem("gantry.session"));
  await bob.page.getByRole("heading", { name: /Log in/ }).waitFor();
  assert.equal(await messages(bob).count(), 0);
});
