// The web client's budgets in time and memory, measured. Not a test: figures depend on the machine, and belong in
// docs/performance.md. Nothing else may run meanwhile.
//
//   gantry seed --data DIR --users 10000 --rooms 1000 --members 20 --messages 100000 --password PW
//   gantry serve --data DIR --test-mode
//   SERVER=http://localhost:3000 MEASURE_USER=bench1 MEASURE_PASS=PW CHROMIUM=chromium node measure.mjs
import { launch } from "./devtools.mjs";
import { executable, flags, login, rest, server } from "./harness.mjs";

const who = { username: process.env.MEASURE_USER ?? "bench1", password: process.env.MEASURE_PASS ?? "" };
const author = { username: process.env.MEASURE_AUTHOR ?? "bench2", password: who.password };
const room = process.env.MEASURE_ROOM ?? "bench-room-0";
const others = ["bench-room-1", "bench-room-2", "bench-room-3"];
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const rank = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
const tell = (what, value, goal) => console.log(`${what.padEnd(72)} ${String(value).padStart(10)}   goal ${goal}`);

// Larger than the page by what is around it: what lies below a window's edge is painted with other things, or never. And on some pages, by
// chance, Chromium looks ten times a second for links that might be followed: a frame each time, beside those that are measured.
const browser = await launch(await executable(), [...flags, "--window-size=1400,1000", "--disable-features=NavigationPredictor"]);
const session = await login(who);
const writer = await login(author);

/** A page of somebody who has never been here, and is logged in. */
async function visit({ slowed = 1 } = {}) {
  const page = await browser.visit(new URL("/favicon.svg", server).href, { width: 1280, height: 800 });
  await sleep(300);
  await page.run((kept) => localStorage.setItem("gantry.session", kept), JSON.stringify({ uid: session.userId, token: session.authToken }));
  await page.send("Emulation.setCPUThrottlingRate", { rate: slowed });
  return page;
}

/** Waits in the page for the frame in which somebody can read and write in a room; how long it took since then or the call. */
function usable(page, name, { path, began } = {}) {
  return page.run(
    ([title, to, since]) =>
      new Promise((resolve) => {
        const start = since ?? performance.now();
        if (to) history.pushState(null, "", to);
        const there = () => document.querySelector("h1")?.textContent === title && document.querySelector("[data-message]") && document.querySelector("main textarea");
        const look = () => requestAnimationFrame(() => (there() ? requestAnimationFrame(() => resolve(performance.now() - start)) : look()));
        look();
      }),
    [name, path ?? null, began ?? null],
  );
}

const OPENED = 9;

async function coldOpen() {
  const times = [];
  for (let run = 0; run < OPENED; run += 1) {
    const page = await visit({ slowed: 4 });
    await page.open(new URL(`/channel/${room}`, server).href);
    // The page's own clock begins with the navigation.
    times.push(await usable(page, room, { began: 0 }));
    await page.close();
  }
  tell(`cold open to a usable room, CPU slowed 4 x, median of ${OPENED}, ms`, Math.round(rank(times, 0.5)), "<= 1500");
}

async function switching(page) {
  const names = [room, ...others];
  for (const name of names) await show(page, name);
  const times = [];
  for (let round = 0; round < 5; round += 1) for (const name of names) times.push(await show(page, name));
  tell("switching to a cached room, median, ms (to the frame that shows it)", rank(times, 0.5).toFixed(1), "<= 50");
  tell("the same, p95, ms", rank(times, 0.95).toFixed(1), "");
}

/** Goes to a room as a link does; how long until the frame that shows it. */
function show(page, name) {
  return usable(page, name, { path: `/channel/${name}` });
}

/** Posts so many messages a second into the room until it is stopped. */
function chatter(perSecond) {
  let count = 0;
  const timer = setInterval(() => {
    count += 1;
    void rest("POST", "chat.postMessage", { login: writer, body: { channel: `#${room}`, text: `chatter ${count}` } }).catch(() => {});
  }, 1000 / perSecond);
  return () => (clearInterval(timer), count);
}

const PRESSES = 200;

/** Presses keys in the page's text field; how long each took until the frame that shows it. */
async function press(page) {
  await page.run(() => {
    globalThis.presses = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.name === "keydown") globalThis.presses.push(entry.duration);
    }).observe({ type: "event", durationThreshold: 16, buffered: false });
  });
  await page.run(() => document.querySelector("main textarea").focus());
  for (let pressed = 0; pressed < PRESSES; pressed += 1) {
    await page.press("abcdefghij"[pressed % 10]);
    await sleep(50);
  }
  await sleep(500);
  // Presses that took less than a frame are not reported.
  const slow = await page.run(() => globalThis.presses);
  return [...Array(Math.max(0, PRESSES - slow.length)).fill(8), ...slow];
}

/** So many pages are typed into. */
const TYPED = 5;

async function typing() {
  const [median, slowest] = [[], []];
  let [posted, took] = [0, 0];
  for (let round = 0; round < TYPED; round += 1) {
    const page = await visit();
    await page.open(new URL(`/channel/${room}`, server).href);
    await usable(page, room);
    await sleep(2_500);
    const began = performance.now();
    const stop = chatter(50);
    const times = await press(page);
    [posted, took] = [posted + stop(), took + performance.now() - began];
    median.push(rank(times, 0.5));
    slowest.push(rank(times, 0.95));
    await page.close();
  }
  const rate = ((posted / took) * 1000).toFixed(0);
  tell(`key press to glyph while ${rate} messages a second arrive, median, ${TYPED} pages, ms`, median.join(" "), "");
  tell("the same, p95", slowest.join(" "), "<= 16");
  // What this browser takes for it at all.
  const empty = await browser.visit(new URL("/favicon.svg", server).href, { width: 1280, height: 800 });
  await empty.open("about:blank");
  await sleep(300);
  await empty.run(() => (document.body.innerHTML = "<main><textarea></textarea></main>"));
  const least = await press(empty);
  tell("key press to glyph on a page that has nothing but the text field, median, ms", rank(least, 0.5), "");
  tell("the same, p95, ms", rank(least, 0.95), "");
  await empty.close();
}

async function scrolling(page) {
  await show(page, room);
  await page.run(() => {
    Object.assign(globalThis, { frames: 0, blank: 0, inRow: 0, longest: 0, seen: new Set() });
    const list = document.querySelector("[role=log]");
    const frame = () => {
      const box = list.getBoundingClientRect();
      let shown = 0;
      for (const row of list.querySelectorAll("[data-message]")) {
        const { top, bottom } = row.getBoundingClientRect();
        const height = Math.min(bottom, box.bottom) - Math.max(top, box.top);
        if (height > 0) (shown += height, globalThis.seen.add(row.dataset.message));
      }
      globalThis.frames += 1;
      globalThis.inRow = shown < box.height / 2 ? globalThis.inRow + 1 : 0;
      globalThis.longest = Math.max(globalThis.longest, globalThis.inRow);
      if (globalThis.inRow > 0) globalThis.blank += 1;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  for (let step = 0; step < 1200; step += 1) {
    await page.turn(700, 400, step < 900 ? -700 : 700);
    await sleep(12);
  }
  const found = await page.run(() => ({ frames: globalThis.frames, blank: globalThis.blank, longest: globalThis.longest, seen: globalThis.seen.size }));
  tell(`scrolling over ${found.seen} messages: frames in a row without them, at most`, found.longest, "<= 1");
  tell(`  frames drawn, of which blank`, `${found.frames}, ${found.blank}`, "");
}

async function heap(page) {
  await page.send("HeapProfiler.collectGarbage");
  return (await page.send("Runtime.getHeapUsage")).usedSize / 1e6;
}

/** As much as happens in an hour: some hundred visits of rooms, some thousand messages. */
async function hour(page) {
  const figures = [];
  for (let part = 0; part < 4; part += 1) {
    const stop = chatter(40);
    for (let visited = 0; visited < 60; visited += 1) {
      await show(page, `bench-room-${(part * 60 + visited) % 200}`);
      await sleep(150);
    }
    stop();
    await show(page, room);
    await sleep(300);
    figures.push(await heap(page));
  }
  tell("heap after a quarter, half, three quarters and all of an hour's use, MB", figures.map((figure) => figure.toFixed(0)).join(" "), "<= 60");
}

async function idle(page) {
  await sleep(3_000);
  const busy = async () => (await page.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value;
  await page.send("Performance.enable");
  const before = await busy();
  await sleep(10_000);
  tell("main thread busy while nothing happens, share", `${(((await busy()) - before) * 10).toFixed(2)} %`, "about 0");
}

await coldOpen();
const page = await visit();
await page.open(new URL(`/channel/${room}`, server).href);
await usable(page, room);
await switching(page);
await idle(page);
await typing();
await scrolling(page);
await hour(page);
await browser.close();
