// A browser for measurements, driven by hand. What drives it in stories has the browser record all that goes over the network, and from where
// in the page it was asked for: that takes a third of the time until a page is there, which nobody who uses it spends.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Starts Chromium without a window; what drives it. */
export async function launch(executable, flags) {
  const profile = await mkdtemp(join(tmpdir(), "gantry-measure-"));
  const program = spawn(executable, ["--headless=new", ...flags, `--user-data-dir=${profile}`, "--remote-debugging-pipe", "about:blank"], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const [, , , into, from] = program.stdio;
  const waiting = new Map();
  let [count, rest] = [0, ""];
  from.setEncoding("utf8").on("data", (data) => {
    const parts = (rest + data).split("\0");
    rest = parts.pop();
    for (const { id, error, result } of parts.map((part) => JSON.parse(part))) {
      const { resolve, reject } = waiting.get(id) ?? {};
      waiting.delete(id);
      if (error) reject?.(new Error(error.message));
      else resolve?.(result);
    }
  });
  const send = (method, params = {}, sessionId = undefined) =>
    new Promise((resolve, reject) => {
      count += 1;
      waiting.set(count, { resolve, reject });
      into.write(`${JSON.stringify({ id: count, method, params, sessionId })}\0`);
    });
  const close = async () => {
    const over = new Promise((resolve) => program.once("exit", resolve));
    program.kill();
    await over;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { send, close, visit: (url, size) => visit(send, url, size) };
}

/** Opens a page of somebody who was never here, of this size. */
async function visit(send, url, { width, height }) {
  const { browserContextId } = await send("Target.createBrowserContext");
  const { targetId } = await send("Target.createTarget", { url, browserContextId });
  const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
  const devtools = (method, params) => send(method, params, sessionId);
  await devtools("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
  return new Page(devtools, () => send("Target.disposeBrowserContext", { browserContextId }));
}

class Page {
  constructor(send, close) {
    Object.assign(this, { send, close });
  }

  /** Begins to load an address; it is not waited for. */
  open(url) {
    return this.send("Page.navigate", { url });
  }

  /** What a function of one argument answers in the page. */
  async run(work, given) {
    const expression = `(${work})(${JSON.stringify(given) ?? ""})`;
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Presses the key of a small letter. */
  async press(letter) {
    const key = { key: letter, code: `Key${letter.toUpperCase()}`, windowsVirtualKeyCode: letter.toUpperCase().charCodeAt(0) };
    await this.send("Input.dispatchKeyEvent", { type: "keyDown", text: letter, ...key });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", ...key });
  }

  /** Turns the wheel at a point. */
  turn(x, y, deltaY) {
    return this.send("Input.dispatchMouseEvent", { type: "mouseWheel", x, y, deltaX: 0, deltaY });
  }
}
