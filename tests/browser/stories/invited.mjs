// Where nobody may register unasked, Ann makes a link into a private group; a stranger opens it, makes an account, and is in
// the group. The link was for one: the next who comes is told so.
import { account, admin, login, rest, story } from "../harness.mjs";
import { enter, group, logIn, messages, say } from "../acts.mjs";

await story(async ({ person }) => {
  await rest("POST", "settings/Accounts_RegistrationForm", { login: await login(admin), body: { value: "Secret URL" } });
  const [anna, bernd] = [await account("anna"), await account("bernd")];
  await group("plans", [anna]);
  const [ann, bob, eve] = [await person("ann"), await person("bob", { colorScheme: "dark" }), await person("eve", { size: "phone" })];

  await enter(ann, anna, "/group/plans");
  await say(ann, "Hello");
  await ann.page.getByRole("button", { name: /^Members/ }).click();
  await ann.page.getByRole("button", { name: "Invite by link" }).click();
  const dialog = ann.page.getByRole("dialog", { name: /Invite to .*plans by link/ });
  await dialog.getByRole("combobox", { name: "It is for" }).click();
  await ann.page.getByRole("option", { name: "1 person" }).click();
  await dialog.getByRole("button", { name: "Create link" }).click();
  const link = await dialog.getByLabel("Link", { exact: true }).inputValue();
  await dialog.getByText("1 person can join by it.").waitFor();
  await ann.accessible();
  await dialog.getByRole("button", { name: "Copy link" }).click();
  await ann.page.keyboard.press("Escape");
  const path = new URL(link).pathname;

  // The stranger, on a phone.
  await eve.open(path);
  await eve.page.getByRole("heading", { name: /^You are invited to/ }).waitFor();
  await eve.accessible();
  await eve.page.getByRole("button", { name: "Create an account" }).click();
  await eve.page.getByLabel("Your name").fill("Eve Hall");
  await eve.page.getByLabel("User name").fill("eve");
  await eve.page.getByLabel("Mail address").fill("eve@example.org");
  await eve.page.getByLabel("Password", { exact: true }).fill("Horse-staple-9-battery");
  await eve.accessible();
  await eve.page.getByRole("button", { name: "Create account" }).click();
  await eve.page.waitForURL("**/group/plans");
  await messages(eve).getByText("Hello").waitFor();
  await say(eve, "Here I am");
  await messages(ann).getByText("Here I am").waitFor();
  await messages(ann).getByText("joined the channel").or(messages(ann).getByText(/joined/)).first().waitFor();

  // It was for one: Bob is told so before he logs in, and after.
  await bob.open(path);
  await bob.page.getByRole("heading", { name: "This invitation lets nobody in" }).waitFor();
  await bob.accessible();
  await bob.page.getByRole("link", { name: "Back to logging in" }).click();
  await logIn(bob, bernd);
  await bob.open(path);
  await bob.page.getByRole("heading", { name: "This invitation lets nobody in" }).waitFor();
  await bob.accessible();

  // A link for everybody, for somebody who has an account: logging in is on the way. An administrator takes it back.
  const { url } = await rest("POST", "findOrCreateInvite", { login: await login(anna), body: { rid: (await rest("GET", "rooms.info?roomName=plans", { login: await login(anna) })).room._id, days: 0, maxUses: 0 } });
  const other = await person("bob again");
  await other.open(new URL(url).pathname);
  await other.page.getByRole("button", { name: "Log in" }).click();
  await logIn(other, bernd);
  await other.page.waitForURL("**/group/plans");
  await messages(other).getByText("Here I am").waitFor();
  const boss = await person("boss");
  await enter(boss, admin, "/admin/invites");
  await boss.page.getByRole("button", { name: "Take the invitation to plans back" }).first().click();
  const sure = boss.page.getByRole("alertdialog").or(boss.page.getByRole("dialog"));
  await sure.getByRole("button", { name: "Take back" }).click();
  await boss.page.getByText("The invitation to plans is taken back").first().waitFor();
  await boss.accessible();
  await eve.accessible();
});
