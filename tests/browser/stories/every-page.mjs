// Every page, in light and dark, at a desk and on a phone, zoomed, in a language that runs the other way: nothing breaks, axe finds
// nothing, nothing is wider than the screen.
import assert from "node:assert/strict";
import { admin, login, rest, story } from "../harness.mjs";
import { enter } from "../acts.mjs";

const pages = [
  "/home", "/channel/general", "/directory/channels", "/directory/users", "/account/profile", "/account/preferences", "/account/appearance",
  "/account/notifications", "/account/security", "/account/shortcuts", "/admin/info", "/admin/users", "/admin/rooms", "/admin/invites", "/admin/permissions", "/admin/roles",
  "/admin/settings", "/admin/settings/Message", "/api-docs", "/gallery", "/nowhere", "/invite/nonsense",
];
// What a language that runs the other way, or little room, could break.
const mirrored = ["/home", "/channel/general", "/directory/channels", "/account/profile", "/admin/users", "/admin/settings/Message"];
const looks = [
  { name: "light", colorScheme: "light" },
  { name: "dark", colorScheme: "dark" },
  { name: "phone", size: "phone" },
  // A window of 1280 by 800 at 200 %.
  { name: "zoomed", viewport: { width: 640, height: 400 }, deviceScaleFactor: 2, only: mirrored },
  { name: "arabic", locale: "ar", colorScheme: "dark", only: mirrored },
];

await story(async ({ person }) => {
  const as = await login(admin);
  await rest("POST", "chat.postMessage", { login: as, body: { channel: "#general", text: "Hello *all* :wave:\n```\ncode\n```\n- a\n- b\nhttps://example.org" } });
  // All that is wrong anywhere, rather than the first of it.
  const wrong = [];
  const check = async (one, path) => {
    const note = (what) => wrong.push(`${path} (${one.name}): ${what}`);
    // On a phone the start page is the list of rooms.
    const list = path === "/home" && one.name === "phone";
    const heading = list ? one.page.getByRole("navigation").first() : one.page.getByRole("heading", { level: 1 }).first();
    if (!(await heading.waitFor({ timeout: 10_000 }).then(() => true, () => false))) return note("has no heading");
    await one.page.waitForTimeout(150);
    const wide = await one.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) note(`is ${wide} px wider than the screen`);
    // Nor may a part of it that is scrolled down be wider than what is seen of it: code is, and large tables of ticks.
    const parts = await one.page.evaluate(() =>
      [...document.querySelectorAll("body *")]
        .filter((part) => /auto|scroll/.test(getComputedStyle(part).overflowY) && part.clientWidth > 1 && part.scrollWidth > part.clientWidth + 1 && !part.querySelector("input[type=checkbox]") && part.localName !== "pre")
        .map((part) => `${part.localName}.${part.className} is ${part.scrollWidth - part.clientWidth} px wider than it shows`),
    );
    parts.forEach(note);
    // The parts that catch the focus around what is open are the toolkit's own.
    await one.accessible({ exclude: [["[data-base-ui-focus-guard]"]] }).catch((error) => note(error.actual?.join("\n") ?? error));
    one.faults.splice(0).forEach(note);
  };
  for (const { name, only = pages, ...options } of looks) {
    const one = await person(name, options);
    await one.open("/login");
    await check(one, "/login");
    await enter(one, admin);
    for (const path of only) {
      await one.open(path);
      await check(one, path);
    }
    await one.context.close();
  }
  assert.deepEqual(wrong, []);
});
