// Who is logged in.

import { asCallError, CallError } from "../ddp/errors";
import { digestOf } from "../digest";
import type { LoginResult } from "../protocol/methods";
import { forget, keepSession, onSessionChange, readSession, roomsWithDrafts } from "../store/local";
import { type Farewell, initial, now, type Session, store } from "../store/state";
import type { Named } from "../protocol/documents";
import { call, connection, whenOpen } from "./link";
import { whenFarewell } from "./farewell";
import { cache } from "./persist";
import { adoptOutbox } from "./outbox";
import { dropTimelines } from "./timelines";
import { expectRoom, startSync, stopSync } from "./sync";

/** Logs in by name or mail address; with a second factor's code where the server asked for one. */
export async function logIn(nameOrEmail: string, password: string, code?: string): Promise<void> {
  const user = nameOrEmail.includes("@") ? { email: nameOrEmail.trim() } : { username: nameOrEmail.trim() };
  const login = { user, password: { digest: digestOf(password), algorithm: "sha-256" } };
  const result = await call("login", code === undefined ? login : { totp: { login, code } });
  await enter(result);
}

async function enter(result: LoginResult): Promise<void> {
  const session = { uid: result.id, token: result.token };
  keepSession(session);
  begin(session);
  await startSync(session);
}

/** Makes an account. The server says by the user's id that it stands; logging in is a call of its own. */
export async function register(form: { name: string; username: string; email: string; pass: string; secretURL?: string; reason?: string }): Promise<void> {
  await call("registerUser", form);
}

/** Logs this client out; what belongs to the user is forgotten here. */
export async function logOut(): Promise<void> {
  const session = store.getState().session;
  await call("logout").catch(() => {});
  await leave("logged-out");
  if (session) forget(session.uid);
}

/** Ends every other session of this user; this one goes on with a new token. */
export async function logOutOthers(): Promise<void> {
  await call("removeOtherTokens");
}

/** Shows that nobody is logged in any more. What others wrote is forgotten here; unsent text stays for when the user is back. */
export async function leave(why: Farewell): Promise<void> {
  const uid = store.getState().session?.uid;
  keepSession(undefined);
  stopSync();
  dropTimelines();
  now((draft) => {
    const { settings, link } = store.getState();
    for (const [key, value] of Object.entries(initial)) draft.set(key as keyof typeof initial, value as never);
    draft.set("settings", settings);
    draft.set("link", link);
    draft.set("farewell", why);
  });
  if (uid) await cache.forget(uid);
  connection.restart();
}

function begin(session: Session): void {
  // Nothing is known of it until it is restored or fetched.
  cache.rewind();
  now((draft) => {
    draft.set("session", session);
    draft.set("farewell", undefined);
    // What was enough for the login page is not enough for the workspace.
    draft.set("ready", false);
    draft.set("inSync", false);
    draft.set("drafts", roomsWithDrafts(session.uid));
  });
  adoptOutbox(session.uid);
}

/** Logs in again with the token that is kept, whenever the connection opens. */
async function resume(): Promise<void> {
  const session = store.getState().session;
  if (!session) return startSync(undefined);
  try {
    await call("login", { resume: session.token });
  } catch (thrown) {
    const error = asCallError(thrown);
    // Not at once: a server that refuses because it is asked too much would be asked without end.
    if (error.transient) return connection.giveUp();
    // Another tab may have logged in anew while this one slept: its token is the one that counts.
    const kept = readSession();
    if (kept && kept.token !== session.token) return follow(kept);
    return leave(reason(error));
  }
  await restored;
  await startSync(session);
}

function reason(error: CallError): Farewell {
  if (error.id === "error-user-is-not-activated") return "deactivated";
  return error.message.includes("expired") ? "expired" : "logged-out";
}

/** Does as another tab did. */
function follow(session: Session | undefined): void {
  const mine = store.getState().session;
  if (session?.uid === mine?.uid && session?.token === mine?.token) return;
  if (!session || (mine && mine.uid !== session.uid)) return location.assign("/");
  if (mine) now((draft) => draft.set("session", session));
  else begin(session);
  // A new connection logs in with it.
  connection.restart();
}

/** What is kept from the last visit is there: what has changed since is asked for after that. */
let restored: Promise<void> | undefined;

/** Begins: with what is kept from the last visit, then with the server. `first`: the room that the address names. */
export async function start(first?: Named): Promise<void> {
  whenOpen(resume);
  whenFarewell((why) => void leave(why));
  onSessionChange(follow);
  const session = readSession();
  if (session) {
    begin(session);
    restored = cache.restore(session.uid);
    expectRoom(first);
  }
  connection.connect();
  addEventListener("online", () => connection.probe());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") connection.probe();
  });
  await restored;
}
