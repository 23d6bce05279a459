// A server that asks for the password whenever something is changed that could take it over: the page asks for it, over
// whatever is open, and goes on.
import assert from "node:assert/strict";
import { logIn } from "../acts.mjs";
import { story } from "../harness.mjs";
import { program } from "../program.mjs";

const ann = { username: "ann", password: "Horse-staple-9-battery" };
const environment = {
  ADMIN_USERNAME: ann.username,
  ADMIN_PASS: ann.password,
  ADMIN_EMAIL: "ann@example.org",
  OVERWRITE_SETTING_Accounts_TwoFactorAuthentication_RememberFor: "0",
};
const server = await program(environment, ["--rate-limiter=false"]);
await story(async ({ person }) => {
  const one = await person("ann", { home: server.address });
  const { page } = one;
  await one.open("/");
  await logIn(one, ann);
  const question = page.getByRole("dialog", { name: "Enter your password to go on" });
  const password = question.getByLabel("Password", { exact: true });

  // A setting, by a method.
  await one.open("/admin/settings/General?setting=Site_Name");
  const name = page.locator('[data-setting="Site_Name"]').getByRole("textbox");
  await name.fill("Harbour");
  await name.press("Enter");
  await question.waitFor();
  await one.accessible();
  await password.fill("a guess");
  await password.press("Enter");
  await question.getByText("The current password is wrong.").waitFor();
  await password.fill(ann.password);
  await password.press("Enter");
  await question.waitFor({ state: "detached" });
  await page.locator('[data-setting="Site_Name"]').getByText("Saved").waitFor();

  // A personal token, made in a dialog: it stays where it is while the question is open, and when nothing is answered.
  await one.open("/account/security");
  await page.getByRole("button", { name: "New token" }).click();
  const making = page.getByRole("dialog", { name: "New token" });
  await making.getByLabel("Name", { exact: true }).fill("ci");
  await making.getByRole("button", { name: "Create" }).click();
  await question.waitFor();
  await page.keyboard.press("Escape");
  await question.waitFor({ state: "detached" });
  await making.getByText("Enter your current password.").waitFor();
  await making.getByRole("button", { name: "Create" }).click();
  await password.fill(ann.password);
  await question.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("dialog", { name: /ci/ }).waitFor();

  // An account, over REST, whose answer of 400 the browser logs.
  await page.getByRole("button", { name: "Done" }).click();
  const { uid } = await page.evaluate(() => JSON.parse(localStorage.getItem("gantry.session")));
  await one.open(`/admin/users/${uid}`);
  await page.getByLabel("Name", { exact: true }).fill("Ann Smith");
  await page.getByRole("main").getByRole("button", { name: "Save", exact: true }).click();
  await password.fill(ann.password);
  await password.press("Enter");
  await question.waitFor({ state: "detached" });
  await page.getByRole("main").getByText("Ann Smith").first().waitFor();
  assert.deepEqual(one.faults.filter((fault) => !/status of 400/.test(fault)), []);
  one.forgive(/status of 400/);
});
await server.end();
