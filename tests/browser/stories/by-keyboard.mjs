// Ann has no mouse: she logs in, goes to a room, writes, chooses a message, reacts, edits, removes somebody. The focus is
// seen wherever it is, and comes back from whatever closes; and what others write is said to who hears the page, once.
import assert from "node:assert/strict";
import { account, login, rest, story } from "../harness.mjs";
import { composer, group, messages } from "../acts.mjs";

await story(async ({ person }) => {
  const [anke, bert] = [await account("anke"), await account("bert")];
  const room = await group("by-keys", [anke, bert]);
  const ann = await person("ann");
  const { page } = ann;
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const focused = page.locator("*:focus");
  /** Waits until the focus is where it should be, and sees that it is seen. */
  const at = async (where) => {
    await where.and(focused).waitFor();
    const outline = await focused.evaluate((one) => [one, one.parentElement].some((part) => getComputedStyle(part).outlineStyle === "solid"));
    assert.ok(outline, `the focus is not seen on ${await focused.evaluate((one) => one.outerHTML.slice(0, 200))}`);
  };

  await ann.open("/login");
  await at(page.getByLabel("User name or mail address"));
  await page.keyboard.type(anke.username);
  await press("Tab");
  await page.keyboard.type(anke.password);
  await press("Enter");
  await page.getByRole("navigation").first().waitFor();

  await press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").and(focused).waitFor();
  await page.keyboard.type("by-keys");
  await press("Enter");
  await at(composer(ann));
  await page.keyboard.type("one");
  await press("Enter");
  const own = messages(ann).getByRole("article").filter({ hasText: "one" });
  // What is on its way has nothing yet that could be done with it.
  await own.and(page.locator("[data-pending=false]")).waitFor();

  // A message is chosen; what opens over it gives the focus back to it, so that its keys go on.
  await messages(ann).focus();
  await press("ArrowUp");
  await at(own);
  await press("Enter");
  await page.getByRole("menu").waitFor();
  await press("Escape");
  await at(own);
  await press("?");
  await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
  await press("Escape");
  await at(own);
  await press("+");
  await page.getByRole("dialog").getByRole("combobox").and(focused).waitFor();
  await page.keyboard.type("rocket");
  await page.getByRole("dialog").getByText(":rocket:").waitFor();
  await press("Enter");
  await own.getByRole("button", { name: /^:rocket:/ }).waitFor();
  await at(own);
  await press("Delete");
  await at(page.getByRole("alertdialog").getByRole("button", { name: "Cancel" }));
  await press("Escape");
  await at(own);
  await press("e");
  await at(page.getByRole("textbox", { name: "Edit the message" }).or(page.getByRole("combobox", { name: "Edit the message" })));
  await press("End");
  await page.keyboard.type(" and a half");
  await press("Enter");
  await own.getByText("one and a half").waitFor();
  await at(composer(ann));

  // From a message to another room: the field is ready there.
  await messages(ann).focus();
  await press("ArrowUp");
  await press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").and(focused).waitFor();
  await page.keyboard.type("general");
  await press("Enter");
  await page.waitForURL("**/channel/general");
  await at(composer(ann));
  await press("Alt+ArrowDown");
  await page.waitForURL("**/group/by-keys");

  // What is written is said, once, and one's own not at all.
  const said = page.locator("main [aria-live=polite]").filter({ hasText: "bert: heard" });
  await rest("POST", "chat.postMessage", { login: await login(bert), body: { roomId: room._id, text: "heard" } });
  await said.waitFor({ state: "attached" });
  assert.equal(await said.locator("p").count(), 1);

  // Bert goes; the focus stays in the list that he was in.
  await press("Control+Shift+M");
  const more = page.getByRole("button", { name: "More about bert" });
  await more.focus();
  await press("Enter");
  await page.getByRole("menuitem").first().and(focused).waitFor();
  await press("End", "Enter");
  await at(page.getByRole("alertdialog").getByRole("button", { name: "Cancel" }));
  await press("Escape");
  await at(more);
  await press("Enter");
  await page.getByRole("menuitem").first().and(focused).waitFor();
  await press("End", "Enter");
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel" }).and(focused).waitFor();
  await press("Tab");
  await at(page.getByRole("alertdialog").getByRole("button", { name: "Remove" }));
  await press("Enter");
  await more.waitFor({ state: "detached" });
  await at(page.getByRole("complementary").getByRole("button", { name: /^(?!More).*anke/ }));
  await press("Escape");
  await at(composer(ann));
});
