// Small things that outlive the page. Storage may be full or forbidden: then they live as long as the page.

import type { Session } from "./state";

const SESSION = "gantry.session";

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function write(key: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Said above.
  }
}

export function readJson<T>(key: string): T | undefined {
  const text = read(key);
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

export function writeJson(key: string, value: unknown): void {
  write(key, value === undefined ? undefined : JSON.stringify(value));
}

export function readSession(): Session | undefined {
  const session = readJson<Session>(SESSION);
  return session?.uid && session.token ? session : undefined;
}

/** Keeps who is logged in; pictures that need a login are asked for with the cookies. */
export function keepSession(session: Session | undefined): void {
  writeJson(SESSION, session);
  const secure = location.protocol === "https:" ? "; Secure" : "";
  for (const [name, value] of [["rc_uid", session?.uid], ["rc_token", session?.token]] as const) {
    const age = value === undefined ? "; Max-Age=0" : "; Max-Age=7776000";
    document.cookie = `${name}=${encodeURIComponent(value ?? "")}; Path=/; SameSite=Lax${secure}${age}`;
  }
}

/** Other tabs of this browser log in and out. */
export function onSessionChange(changed: (session: Session | undefined) => void): void {
  addEventListener("storage", (event) => {
    if (event.key === SESSION || event.key === null) changed(readSession());
  });
}

const draftKey = (uid: string, rid: string) => `gantry.draft.${uid}.${rid}`;

export function readDraft(uid: string, rid: string): string {
  return read(draftKey(uid, rid)) ?? "";
}

export function writeDraft(uid: string, rid: string, text: string): void {
  write(draftKey(uid, rid), text === "" ? undefined : text);
}

/** Rooms with unsent text. */
export function roomsWithDrafts(uid: string): Set<string> {
  const start = draftKey(uid, "");
  try {
    return new Set(Object.keys(localStorage).filter((key) => key.startsWith(start)).map((key) => key.slice(start.length)));
  } catch {
    return new Set();
  }
}

/** Forgets what belongs to a user who logged out. */
export function forget(uid: string): void {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith("gantry.") && key.includes(uid)) localStorage.removeItem(key);
    }
  } catch {
    // Said above.
  }
}
