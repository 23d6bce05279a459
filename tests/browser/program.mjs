// A server of the story's own: one that nobody has set up yet, or one that is killed and comes back.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Starts the program on an empty folder, without an administrator unless `environment` names one; in test mode unless other flags are given. */
export async function program(environment = {}, more = ["--test-mode"]) {
  const folder = await mkdtemp(join(tmpdir(), "gantry-story-"));
  let child;
  let port = "0";
  const start = () =>
    new Promise((ready, failed) => {
      const flags = ["--address", "127.0.0.1", "--port", port, "--data", folder, ...more];
      child = spawn(process.env.PROGRAM ?? "gantry", flags, { env: environment, stdio: ["ignore", "pipe", "inherit"] });
      child.once("exit", (code) => failed(new Error(`the server ended with ${code}`)));
      child.stdout.setEncoding("utf8").on("data", (text) => {
        const found = /http:\/\/localhost:(\d+)/.exec(text);
        if (found) ready((port = found[1]));
      });
    });
  const kill = () => new Promise((gone) => (child.removeAllListeners("exit").once("exit", gone), child.kill("SIGKILL")));
  await start();
  return {
    address: `http://localhost:${port}`,
    kill,
    start,
    async end() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
