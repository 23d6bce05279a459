// Takes the pictures of docs/screenshots: every page in light, dark and on a phone, of a small workspace with life in it.
// Against a fresh `gantry serve --ephemeral --seed demo --test-mode`:
//
//   SERVER=http://localhost:3000 ADMIN_USERNAME=admin ADMIN_PASS=… CHROMIUM=chromium node pictures.mjs ../../docs/screenshots
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { account, admin, login, rest, story } from "./harness.mjs";
import { enter, group } from "./acts.mjs";

const folder = process.argv[2];
assert.ok(folder, "name the folder");
await mkdir(folder, { recursive: true });

const people = [
  ["mira", "Mira Okafor"],
  ["jonas", "Jonas Lindqvist"],
  ["priya", "Priya Raman"],
  ["tomas", "Tomás Herrera"],
  ["lena", "Lena Brandt"],
];

/** What is said, in order: who, and what. */
const said = [
  ["jonas", "Morning. The crane on berth 4 is back since 6:20, the night shift swapped the spreader."],
  ["priya", "Then the *Aurora* can go first. I moved the slots:\n- 08:30 Aurora, 112 boxes\n- 11:00 Nordlys, 64 boxes\n- 14:15 Calypso, if the wind stays under 12 m/s"],
  ["mira", "Thanks, that gives us an hour. @jonas can you tell the tug?"],
  ["jonas", "Done :thumbsup:"],
  ["tomas", "The import job finished over night. Nothing lost:\n```\nread   48,211 rows\nwrote  48,211 rows\nfailed 0\n```"],
  ["lena", "> Calypso, if the wind stays under 12 m/s\nForecast says 9 to 10, gusts to 13. I would plan with it and decide at noon."],
  ["mira", "Agreed. I will look at the forecast again at 12:00 and write here."],
  ["priya", "One thing for later: the report for the harbour office is due on Friday. Draft is at https://example.org/reports/47"],
];

async function furnish() {
  const keys = {};
  const accounts = [];
  for (const [username, name] of people) {
    accounts.push(await account(username, { name }));
    keys[username] = await login(accounts.at(-1));
  }
  const as = await login(admin);
  const post = (who, roomId, text) => rest("POST", "chat.postMessage", { login: keys[who], body: { roomId, text } });
  const made = async (call, name, topic) => {
    const answer = await rest("POST", call, { login: keys.mira, body: { name, members: people.map(([username]) => username) } });
    const room = answer.channel ?? answer.group;
    if (topic) await rest("POST", `${call.split(".")[0]}.setTopic`, { login: keys.mira, body: { roomId: room._id, topic } });
    return room;
  };
  const quay = await made("channels.create", "quay-plan", "Who berths when. Changes until 06:00, then by phone");
  for (const name of ["announcements", "it-help", "canteen"]) await made("channels.create", name);
  const shift = await group("shift-leads", accounts);
  for (const [who, text] of said) {
    const { message } = await post(who, quay._id, text);
    if (text.includes("boxes")) for (const one of ["mira", "lena"]) await rest("POST", "chat.react", { login: keys[one], body: { messageId: message._id, emoji: ":ship:", shouldReact: true } });
  }
  await post("lena", shift._id, "Hello @mira, can you cover Thursday?");
  for (const [one, text] of [["jonas", "Are you on site today?"], ["priya", "I have the numbers."]]) {
    const { room } = await rest("POST", "im.create", { login: keys[one], body: { username: "mira" } });
    await post(one, room._id, text);
  }
  await rest("POST", "users.setStatus", { login: keys.jonas, body: { status: "online", message: "Berth 4" } });
  await rest("POST", "settings/Site_Name", { login: as, body: { value: "Harbour" } });
  return { mira: accounts[0], quay };
}

const pages = [
  ["room", "/channel/quay-plan"],
  ["members", "/channel/quay-plan", (page) => page.getByRole("button", { name: /^Members/ }).click()],
  ["home", "/home"],
  ["switcher", "/home", async (page) => (await page.waitForTimeout(800), page.keyboard.press("Control+k"))],
  ["directory", "/directory/channels"],
  ["profile", "/account/profile"],
  ["appearance", "/account/appearance"],
];
const office = [
  ["admin-workspace", "/admin/info"],
  ["admin-users", "/admin/users"],
  ["admin-permissions", "/admin/permissions"],
  ["admin-settings", "/admin/settings/Message"],
  ["api-docs", "/api-docs#groups.kick"],
];
const looks = [["light", { colorScheme: "light" }], ["dark", { colorScheme: "dark" }], ["phone", { size: "phone" }]];

await story(async ({ person }) => {
  const { mira } = await furnish();
  for (const [look, options] of looks) {
    for (const [who, list] of [[mira, pages], [admin, office]]) {
      const one = await person(look, options);
      await one.open("/login");
      await one.page.getByRole("heading", { level: 1 }).first().waitFor();
      if (who === mira) await one.page.screenshot({ path: `${folder}/login-${look}.png` });
      await enter(one, who);
      for (const [name, path, act] of list) {
        await one.open(path);
        // On a phone the list of rooms hides the title of the page beside it.
        await one.page.locator("h1").first().waitFor({ state: "attached" });
        await act?.(one.page)?.catch?.(() => {});
        await one.page.waitForTimeout(900);
        await one.page.screenshot({ path: `${folder}/${name}-${look}.png` });
      }
      await one.context.close();
    }
  }
});
