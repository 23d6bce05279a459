// Carrying out what was gathered: the account, the workspace's settings, a first room with a word of welcome.

import { roomPath } from "@/app/paths";
import { answered, rest } from "@/lib/api/rest";
import { call, connection } from "@/lib/client/link";
import { logIn } from "@/lib/client/session";
import { CallError } from "@/lib/ddp/errors";
import { newId } from "@/lib/store/ids";
import { store } from "@/lib/store/state";
import { changesOf, type Gathered } from "./steps";

/** What has been done of it, so that trying again goes on from there. */
export interface Progress {
  registered: boolean;
}

/** Does it all; the address of the first room. */
export async function finish(gathered: Gathered, progress: Progress, welcome: (room: string) => string): Promise<string> {
  if (!progress.registered) {
    await makeAdministrator(gathered);
    progress.registered = true;
  }
  if (!store.getState().session) await logIn(gathered.account.username, gathered.account.password);
  await call("saveSettings", changesOf(gathered));
  return firstRoom(welcome);
}

/** An empty token asks to be the administrator by place: whoever sits at the server's machine needs none. */
async function makeAdministrator({ account, token, language }: Gathered): Promise<void> {
  if (!connection.open) throw new CallError("offline", "Not connected");
  const { name, username, email, password } = account;
  const body = { name: name.trim(), username, email: email.trim(), pass: password, setupToken: token.trim(), settings: { preferences: { language } } };
  await answered(rest.POST("/api/v1/users.register", { body }));
}

/** A channel that everybody joins; made where there is none. */
const FIRST = "general";

async function firstRoom(welcome: (room: string) => string): Promise<string> {
  const there = await call("getRoomByTypeAndName", "c", FIRST).catch(() => undefined);
  if (there) {
    await call("joinRoom", there._id).catch(() => {});
    await greet(there._id, welcome(FIRST));
    return roomPath({ ...there, t: "c", name: FIRST });
  }
  const { rid } = await call("createChannel", FIRST, [], false, {}, {});
  await call("saveRoomSettings", rid, { default: true }).catch(() => {});
  await greet(rid, welcome(FIRST));
  return roomPath({ _id: rid, t: "c", name: FIRST });
}

async function greet(rid: string, msg: string): Promise<void> {
  await call("sendMessage", { _id: newId(), rid, msg });
}
