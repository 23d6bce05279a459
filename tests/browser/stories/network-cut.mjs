// The network goes while people write: reading goes on, what is sent waits, and afterwards nothing is missing or doubled.
import assert from "node:assert/strict";
import { account, story } from "../harness.mjs";
import { cable, enter, group, messages, say, texts } from "../acts.mjs";

await story(async ({ person }) => {
  const [dora, emil] = [await account("dora"), await account("emil")];
  await group("cables", [dora, emil]);
  const line = await cable();
  const [ann, bob] = [await person("dora"), await person("emil", { home: line.address })];
  await enter(ann, dora, "/group/cables");
  await enter(bob, emil, "/group/cables");

  await say(ann, "line 1");
  await messages(bob).getByText("line 1").waitFor();
  line.cut();
  await bob.page.getByText("No connection").waitFor();
  await say(bob, "line 4");
  await messages(bob).getByText("line 4").waitFor();
  await messages(bob).getByText("Leaves when the connection is back").waitFor();
  await say(ann, "line 2");
  await say(ann, "line 3");
  await messages(ann).getByText("line 3").waitFor();

  line.mend();
  await messages(bob).getByText("line 3").waitFor();
  await messages(ann).getByText("line 4").waitFor();
  await bob.page.getByText("No connection").waitFor({ state: "detached" });
  const said = ["line 1", "line 2", "line 3", "line 4"];
  for (const one of [ann, bob]) assert.deepEqual(await texts(one, "line "), said);

  await bob.page.reload();
  await messages(bob).getByText("line 4").waitFor();
  assert.deepEqual(await texts(bob, "line "), said);
  bob.forgive(/WebSocket connection|ERR_|Failed to load resource/);
  line.close();
});
