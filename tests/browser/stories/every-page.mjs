// Every page, in light and dark, at a desk and on a phone, in a language that runs the other way: nothing breaks, axe finds
// nothing, nothing is wider than the screen.
import assert from "node:assert/strict";
import { admin, login, rest, story } from "../harness.mjs";
import { enter } from "../acts.mjs";

const pages = [
  "/home", "/channel/general", "/directory/channels", "/directory/users", "/account/profile", "/account/preferences", "/account/appearance",
  "/account/notifications", "/account/security", "/account/shortcuts", "/admin/info", "/admin/users", "/admin/rooms", "/admin/permissions", "/admin/roles",
  "/admin/settings", "/admin/settings/Message", "/api-docs", "/gallery", "/nowhere",
];
const looks = [
  { name: "light", colorScheme: "light" },
  { name: "dark", colorScheme: "dark" },
  { name: "phone", size: "phone" },
  { name: "arabic", locale: "ar", colorScheme: "dark" },
];

await story(async ({ person }) => {
  const as = await login(admin);
  await rest("POST", "chat.postMessage", { login: as, body: { channel: "#general", text: "Hello *all* :wave:\n```\ncode\n```\n- a\n- b\nhttps://example.org" } });
  for (const { name, ...options } of looks) {
    const one = await person(name, options);
    await one.open("/login");
    await one.page.getByRole("heading", { level: 1 }).first().waitFor();
    await one.accessible();
    await enter(one, admin);
    for (const path of pages) {
      await one.open(path);
      await one.page.getByRole("heading", { level: 1 }).first().waitFor().catch(() => assert.fail(`${path} has no heading (${name})`));
      await one.page.waitForTimeout(150);
      const wide = await one.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${path} is ${wide} px wider than the screen (${name})`);
      // The parts that catch the focus around what is open are the toolkit's own.
      await one.accessible({ exclude: [["[data-base-ui-focus-guard]"]] });
      assert.deepEqual(one.faults, [], `${path} (${name})`);
    }
    await one.context.close();
  }
});
