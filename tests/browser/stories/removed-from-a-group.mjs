// Ann makes a private group, three people talk in it, she removes Bob: all three see it at once.
import assert from "node:assert/strict";
import { account, rest, login, story } from "../harness.mjs";
import { composer, enter, logIn, messages, say } from "../acts.mjs";

await story(async ({ person }) => {
  const [anna, bernd, carla] = [await account("anna"), await account("bernd"), await account("carla")];
  const [ann, bob, cat] = [await person("ann"), await person("bob", { colorScheme: "dark" }), await person("cat", { size: "phone" })];

  await ann.open("/");
  await logIn(ann, anna);
  await enter(bob, bernd);
  await enter(cat, carla);

  // The group, made in the page.
  await ann.page.keyboard.press("Control+k");
  await ann.page.getByRole("dialog").getByRole("combobox").fill("create a channel");
  await ann.page.keyboard.press("Enter");
  const dialog = ann.page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("plans");
  await dialog.getByRole("switch", { name: /Private/ }).click();
  for (const name of ["bernd", "carla"]) {
    await dialog.getByRole("combobox", { name: /People/ }).fill(name);
    await ann.page.getByRole("option", { name }).first().click();
  }
  await dialog.getByRole("button", { name: "Create channel" }).click();
  await ann.page.waitForURL("**/group/plans");
  await say(ann, "Hello *both*");

  // It is in the others' sidebars at once.
  for (const one of [bob, cat]) {
    await one.page.getByRole("navigation").getByText("plans").click();
    await messages(one).getByText("both").waitFor();
  }
  await say(bob, "Here I am");
  await messages(ann).getByText("Here I am").waitFor();
  await composer(bob).fill("not sent yet");

  // Bob goes.
  await ann.page.getByRole("button", { name: /^Members/ }).click();
  await ann.page.getByRole("button", { name: "More about bernd" }).click();
  await ann.page.getByRole("menuitem", { name: "Remove from the room" }).click();
  const sure = ann.page.getByRole("alertdialog").or(ann.page.getByRole("dialog"));
  await sure.getByText("Remove bernd from plans").or(sure.getByText("Remove bernd from #plans")).first().waitFor();
  await sure.getByRole("button", { name: "Remove" }).click();

  await bob.page.getByRole("heading", { name: /no longer in plans/ }).waitFor();
  assert.equal(await bob.page.getByRole("navigation").getByText("plans").count(), 0);
  for (const one of [ann, cat]) await messages(one).getByText("removed bernd").waitFor();
  await ann.page.getByRole("button", { name: "More about bernd" }).waitFor({ state: "detached" });

  // Nothing more of it reaches Bob, and what he had written is kept for when he is back.
  await say(ann, "He is gone");
  await messages(cat).getByText("He is gone").waitFor();
  assert.equal(await bob.page.getByText("He is gone").count(), 0);
  const owner = await login(anna);
  await rest("POST", "groups.invite", { login: owner, body: { roomName: "plans", username: "bernd" } });
  await bob.page.getByRole("navigation").getByText("plans").click();
  await messages(bob).getByText("He is gone").waitFor();
  assert.equal(await composer(bob).inputValue(), "not sent yet");
  for (const one of [ann, bob, cat]) await one.accessible();
});
