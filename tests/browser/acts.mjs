// What people do again and again in the web client.
import { createServer, connect } from "node:net";
import { login, rest, server } from "./harness.mjs";

/** Opens a page as somebody who is logged in already. */
export async function enter(person, who, path = "/home") {
  const { userId, authToken } = await login(who);
  await person.open("/favicon.svg");
  await person.page.evaluate((session) => localStorage.setItem("gantry.session", session), JSON.stringify({ uid: userId, token: authToken }));
  await person.open(path);
  await person.page.getByRole("navigation").or(person.page.getByRole("main")).first().waitFor();
}

/** Logs in at the page, as people do. */
export async function logIn({ page }, { username, password }) {
  await page.getByLabel("User name or mail address").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("navigation").first().waitFor();
}

/** The field that messages are written in. */
export function composer({ page }) {
  return page.getByRole("main").getByRole("textbox", { name: /^Message/ }).or(page.getByRole("main").getByRole("combobox", { name: /^Message/ })).first();
}

/** Writes a message and sends it. */
export async function say(person, text) {
  const field = composer(person);
  await field.fill(text);
  await field.press("Enter");
}

/** The messages of the room that is open. */
export function messages({ page }) {
  return page.getByRole("log");
}

/** The texts of those messages that begin with a prefix, in the order they stand in. */
export async function texts(person, prefix) {
  const all = await messages(person).locator("article").allInnerTexts();
  return all.flatMap((text) => text.split("\n")).map((line) => line.trim()).filter((line) => line.startsWith(prefix));
}

/** A private group of these people; the first owns it. */
export async function group(name, [owner, ...members]) {
  const made = await rest("POST", "groups.create", { login: await login(owner), body: { name, members: members.map(({ username }) => username) } });
  return made.group;
}

/** A way to the server that can be cut, as a cable. */
export async function cable() {
  const { hostname, port } = new URL(server);
  const open = new Set();
  let cut = false;
  const listener = createServer((near) => {
    if (cut) return near.destroy();
    const far = connect({ host: hostname, port: Number(port) });
    for (const [one, other] of [[near, far], [far, near]]) {
      open.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => (open.delete(one), other.destroy()));
    }
  });
  await new Promise((listening) => listener.listen(0, "127.0.0.1", listening));
  return {
    address: `http://localhost:${listener.address().port}`,
    cut() {
      cut = true;
      for (const socket of open) socket.destroy();
    },
    mend() {
      cut = false;
    },
    close() {
      this.cut();
      listener.close();
    },
  };
}
