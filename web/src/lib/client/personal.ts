// What the server tells one user alone.

import type { Message, User } from "../protocol/documents";
import { soon } from "../store/state";
import { listen } from "./link";
import { sayFarewell } from "./farewell";

/** A note that somebody wrote something which this user wants to know at once. */
export interface Notice {
  title: string;
  text: string;
  payload: {
    _id?: string;
    rid: string;
    tmid?: string;
    type: string;
    name?: string;
    sender: { _id: string; username: string; name?: string };
    message?: { msg: string; t?: string };
  };
}

const heard = new Set<(notice: Notice) => void>();

/** Hears of notices, until the returned function is called. */
export function onNotice(handler: (notice: Notice) => void): () => void {
  heard.add(handler);
  return () => void heard.delete(handler);
}

type UserData = { type: "updated"; diff?: Record<string, unknown>; unset?: Record<string, unknown> } | { type: "inserted"; data: User } | { type: "removed" };

/** Begins to hear; what ends it. */
export function hearPersonal(uid: string): (() => void)[] {
  return [
    listen("notify-user", `${uid}/userData`, ([data]) => take(data as UserData)),
    listen("notify-user", `${uid}/message`, ([message]) => whisper(message as Message)),
    listen("notify-user", `${uid}/force_logout`, () => sayFarewell("logged-out")),
    listen("notify-user", `${uid}/notification`, ([notice]) => {
      for (const handler of heard) handler(notice as Notice);
    }),
  ];
}

/** The user with `a.b` set or taken away, without touching what others hold. */
export function changedAt(target: Record<string, unknown>, path: string[], value: unknown): Record<string, unknown> {
  const [key, ...rest] = path;
  if (key === undefined) return target;
  const copy = { ...target };
  if (rest.length > 0) {
    const inner = target[key];
    copy[key] = changedAt(typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>) : {}, rest, value);
  } else if (value === undefined) delete copy[key];
  else copy[key] = value;
  return copy;
}

function take(data: UserData): void {
  if (data.type !== "updated") return;
  soon((draft) => {
    let me = draft.get("me") as Record<string, unknown> | undefined;
    if (!me) return;
    for (const [path, value] of Object.entries(data.diff ?? {})) me = changedAt(me, path.split("."), value);
    for (const path of Object.keys(data.unset ?? {})) me = changedAt(me, path.split("."), undefined);
    draft.set("me", me as unknown as User);
    if (me.active === false) sayFarewell("deactivated");
  });
}

function whisper(message: Message): void {
  soon((draft) => {
    const whispers = draft.map("whispers");
    whispers.set(message.rid, [...(whispers.get(message.rid) ?? []), { ...message, private: true }].slice(-20));
  });
}
