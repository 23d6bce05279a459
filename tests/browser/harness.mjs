// What stories have in common: a browser, people in it, and what no page may do.
//
//   import { story } from "../harness.mjs";
//   await story(async ({ person, rest }) => {
//     const ann = await person("ann");       // a context of her own: other cookies, other storage
//     await ann.open("/home");               // the page is ann.page
//     await ann.accessible();                // axe finds nothing
//   });
//
// The environment says where: SERVER, ADMIN_USERNAME, ADMIN_PASS, CHROMIUM, and in PICTURE where a picture of a failure goes.
// A story fails when it throws, and when a page logs an error, throws one, or loads from anywhere but the server.
import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
export const server = process.env.SERVER ?? "http://localhost:3000";
export const admin = { username: process.env.ADMIN_USERNAME ?? "admin", password: process.env.ADMIN_PASS ?? "" };

// Root and closed networks: no sandbox, and nothing that the browser would fetch for itself.
export const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--no-default-browser-check",
];

const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 360, height: 740 } };

/** A call of the REST API, as `login` if one is given; fails unless it succeeds. */
export async function rest(method, call, { body, login } = {}) {
  const headers = { "content-type": "application/json" };
  if (login) Object.assign(headers, { "x-user-id": login.userId, "x-auth-token": login.authToken });
  const answer = await fetch(`${server}/api/v1/${call}`, { method, headers, body: body && JSON.stringify(body) });
  const json = await answer.json();
  assert.ok(answer.ok, `${method} ${call}: ${answer.status} ${JSON.stringify(json)}`);
  return json;
}

/** Logs in over REST; `userId` and `authToken`. */
export async function login({ username, password }) {
  const { data } = await rest("POST", "login", { body: { user: username, password } });
  return { userId: data.userId, authToken: data.authToken };
}

/** Makes an account; what it logs in with. */
export async function account(username, more = {}) {
  const made = { username, name: username, email: `${username}@example.org`, password: "Horse-staple-9-battery", ...more };
  await rest("POST", "users.create", { body: made, login: await login(admin) });
  return { username, password: made.password };
}

/** Somebody at a browser. */
class Person {
  faults = [];

  constructor(name, context, page, home) {
    Object.assign(this, { name, context, page, home });
    context.on("console", (message) => {
      if (message.type() === "error") this.faults.push(`console: ${message.text()}`);
    });
    context.on("weberror", (error) => this.faults.push(`error: ${error.error().stack ?? error.error()}`));
    context.on("request", (request) => {
      const url = new URL(request.url());
      if (["http:", "https:"].includes(url.protocol) && url.origin !== new URL(this.home).origin) {
        this.faults.push(`loads from elsewhere: ${request.url()}`);
      }
    });
  }

  /** Opens a page of the client; the answer. */
  open(path) {
    return this.page.goto(new URL(path, this.home).href);
  }

  /** What axe finds wrong with the page, which must be nothing. A page has a heading once its code is there. */
  async accessible(options = {}) {
    await this.page.locator("main h1, header h1").first().waitFor({ state: "attached" });
    // Evaluated by the browser's own door: the policy of the page forbids it a script of ours.
    await this.page.evaluate(await readFile(require.resolve("axe-core/axe.min.js"), "utf8"));
    const { violations } = await this.page.evaluate(({ exclude, ...given }) => globalThis.axe.run({ include: [["html"]], exclude }, given), { exclude: [], ...options });
    const told = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `    ${node.html}`).join("\n")}`);
    assert.deepEqual(told, [], `axe on ${this.page.url()}`);
  }

  /** The faults so far are expected, and forgotten: a story that provokes one says so. */
  forgive(pattern) {
    this.faults = this.faults.filter((fault) => !pattern.test(fault));
  }
}

async function photograph(people) {
  const picture = process.env.PICTURE;
  if (!picture) return;
  await mkdir(dirname(picture), { recursive: true });
  for (const [at, { page, name }] of people.entries()) {
    const path = at === 0 ? picture : picture.replace(/\.png$/, `-${at + 1}.png`);
    await page.screenshot({ path }).then(() => console.error(`${name} saw ${path}`), () => {});
  }
}

/** Tells a story, and closes the browser. */
export async function story(tell) {
  const browser = await chromium.launch({ executablePath: await executable(), args: flags });
  const people = [];
  const person = async (name = "somebody", { size = "desktop", home = server, ...options } = {}) => {
    const context = await browser.newContext({ viewport: sizes[size], reducedMotion: "reduce", locale: "en-GB", ...options });
    const one = new Person(name, context, await context.newPage(), home);
    people.push(one);
    return one;
  };
  try {
    await tell({ browser, person });
    for (const { name, faults } of people) assert.deepEqual(faults, [], `what ${name}'s pages did`);
  } catch (error) {
    for (const { name, faults } of people) if (faults.length) console.error(`${name}: ${faults.join("\n")}`);
    await photograph(people);
    console.error(error);
    process.exitCode = 1;
  } finally {
    await browser.close();
  }
}

/** The browser's whole path: playwright looks for no program by its name. */
export async function executable() {
  const name = process.env.CHROMIUM ?? "chromium";
  if (name.includes("/")) return name;
  const { access, constants } = await import("node:fs/promises");
  for (const folder of (process.env.PATH ?? "").split(":")) {
    const path = `${folder}/${name}`;
    if (await access(path, constants.X_OK).then(() => true, () => false)) return path;
  }
  throw new Error(`${name} is not installed`);
}
