// Whatever people may name and write is shown as text: nothing runs, nothing leads astray, the layout holds.
import assert from "node:assert/strict";
import { account, login, rest, story } from "../harness.mjs";
import { enter, group, messages } from "../acts.mjs";

const evil = [
  "<img src=x onerror=alert(1)>",
  "<script>alert(1)</script>",
  "[click](javascript:alert(1))",
  "[click](data:text/html,<script>alert(1)</script>)",
  "<svg/onload=alert(1)>",
  "`<b>code</b>` ~~<i>~~ *<u>*",
  "\u202Eright to left\u202C and zero\u200Bwidth\uFEFF",
  "Z\u0351\u036b\u0343a\u0369\u0356l\u0333g\u033bo\u0321".repeat(20),
  "```html\n</code></pre><img src=x onerror=alert(1)>\n```",
  "https://example.org/\" onmouseover=\"alert(1)",
  "![x](https://example.org/x.png\" onerror=\"alert(1))",
];

await story(async ({ person }) => {
  const mallory = await account("mallory", { name: `Mal' onmouseover='alert(1)` });
  const hans = await account("hans");
  const room = await group("evil", [mallory, hans]);
  const as = await login(mallory);
  await rest("POST", "groups.setTopic", { login: as, body: { roomId: room._id, topic: evil[0] } });
  await rest("POST", "groups.setAnnouncement", { login: as, body: { roomId: room._id, announcement: `${evil[1]} ${evil[4]}` } });
  await rest("POST", "users.setStatus", { login: as, body: { message: evil[0], status: "online" } });
  for (const text of [...evil, "W".repeat(5_000)]) await rest("POST", "chat.postMessage", { login: as, body: { roomId: room._id, text } });

  for (const size of ["desktop", "phone"]) {
    const bob = await person(`hans at a ${size}`, { size });
    let alerts = 0;
    bob.page.on("dialog", (dialog) => (alerts += 1, dialog.dismiss()));
    await enter(bob, hans, "/group/evil");
    await messages(bob).getByText("WWWW").waitFor();
    await messages(bob).getByText("<script>alert(1)</script>").first().waitFor();
    const found = await bob.page.evaluate(() => {
      const scripts = [...document.querySelectorAll("a[href]")].map((link) => link.href).filter((href) => !/^(https?|mailto|tel):/.test(href));
      const handlers = [...document.querySelectorAll("*")].filter((node) => node.getAttributeNames().some((name) => name.startsWith("on")));
      return { scripts, handlers: handlers.length, wide: document.documentElement.scrollWidth - innerWidth };
    });
    assert.deepEqual(found, { scripts: [], handlers: 0, wide: 0 });
    assert.equal(alerts, 0);
    await bob.accessible();
  }
});
