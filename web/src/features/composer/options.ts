// What is offered while somebody names something: at once from what is known, then from the server.

import { searchEmoji } from "@/features/emoji";
import { i18n } from "@/i18n";
import { ask } from "@/lib/client/link";
import type { PresenceStatus } from "@/lib/protocol/documents";
import type { FoundUser } from "@/lib/protocol/methods";
import { may } from "@/lib/store/permissions";
import { store } from "@/lib/store/state";
import { commandsFor } from "./commands";
import type { Naming } from "./complete";

export interface Option {
  key: string;
  /** What is written when it is taken. */
  insert: string;
  label: string;
  detail?: string;
  /** Said after it: that somebody is not in the room. */
  note?: string;
  picture: { kind: "person"; username: string; status?: PresenceStatus } | { kind: "char"; char: string } | { kind: "icon"; icon: "hash" | "lock" | "users" | "code" };
}

const MOST = 8;
const words = (key: string, values?: Record<string, string>) => i18n.t(`composer.${key}`, values ?? {});

/** What is known without asking. */
export function known(rid: string, { kind, query }: Naming): Option[] {
  if (kind === "@") return [...everybody(rid, query), ...companions(rid, query)].slice(0, MOST);
  if (kind === "#") return rooms(query).slice(0, MOST);
  if (kind === "/") return commandsFor(store.getState(), rid, query).map(commandOption);
  return [];
}

/** What takes a moment; together with what is known. */
export async function asked(rid: string, naming: Naming): Promise<Option[]> {
  const { kind, query } = naming;
  if (kind === "@") return [...everybody(rid, query), ...(await people(rid, query))].slice(0, MOST);
  if (kind === "#") return merged(rooms(query), await strangeRooms(query));
  if (kind === ":") return (await searchEmoji(query, MOST)).map(({ code, char }) => ({ key: code, insert: char, label: code, picture: { kind: "char", char } }));
  return known(rid, naming);
}

function merged(first: readonly Option[], second: readonly Option[]): Option[] {
  const keys = new Set(first.map((one) => one.key));
  return [...first, ...second.filter((one) => !keys.has(one.key))].slice(0, MOST);
}

function everybody(rid: string, query: string): Option[] {
  const state = store.getState();
  // They stand first only when somebody begins to write them: most names are people's.
  if (query === "") return [];
  return (["all", "here"] as const).filter((name) => name.startsWith(query.toLowerCase()) && may(state, `mention-${name}`, rid)).map(allOption);
}

function allOption(name: "all" | "here"): Option {
  return { key: `@${name}`, insert: `@${name}`, label: `@${name}`, detail: words(`everybody.${name}`), picture: { kind: "icon", icon: "users" } };
}

function person({ username, name, status, outside }: Pick<FoundUser, "username" | "name" | "status" | "outside">): Option {
  const shown = name && name !== username ? name : undefined;
  return {
    key: `@${username}`,
    insert: `@${username}`,
    label: shown ?? username,
    detail: shown ? `@${username}` : undefined,
    note: outside ? words("outside") : undefined,
    picture: { kind: "person", username, status },
  };
}

/** Those who wrote here lately: the likeliest to be named, and known without asking. */
function companions(rid: string, query: string): Option[] {
  const { timelines, presence, session } = store.getState();
  const start = query.toLowerCase();
  const found = new Map<string, Option>();
  for (const { u } of timelines.get(rid)?.messages.toReversed() ?? []) {
    const { username, name } = u;
    if (!username || u._id === session?.uid || found.has(username)) continue;
    const answers = username.toLowerCase().startsWith(start) || (name ?? "").toLowerCase().split(" ").some((word) => word.startsWith(start));
    if (answers) found.set(username, person({ username, name, status: presence.get(u._id)?.status }));
  }
  return [...found.values()];
}

const remembered = new Map<string, { at: number; options: Option[] }>();
const REMEMBERED = 50;
/** People come and go: what was found is believed for a minute. */
const BELIEVED = 60_000;

/** The same question is asked once: backspace must not wait. */
async function remember(question: string, find: () => Promise<Option[]>): Promise<Option[]> {
  const key = `${store.getState().session?.uid ?? ""} ${question}`;
  const before = remembered.get(key);
  if (before && Date.now() - before.at < BELIEVED) return before.options;
  const options = await find();
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(key, { at: Date.now(), options });
  return options;
}

function people(rid: string, query: string): Promise<Option[]> {
  const me = store.getState().me?.username;
  return remember(`@${rid} ${query}`, async () => (await ask("spotlight", query, me ? [me] : [], { users: true, rooms: false, mentions: true }, rid)).users.map(person));
}

function rooms(query: string): Option[] {
  const part = query.toLowerCase();
  const all = [...store.getState().subscriptions.values()].filter(({ t }) => t === "c" || t === "p");
  const found = all.filter(({ name, fname }) => name.toLowerCase().includes(part) || (fname ?? "").toLowerCase().includes(part));
  const begins = (name: string) => Number(!name.toLowerCase().startsWith(part));
  return found.toSorted((a, b) => begins(a.name) - begins(b.name) || a.name.localeCompare(b.name)).map((one) => room(one, false));
}

function room({ t, name, fname }: { t: string; name: string; fname?: string }, strange: boolean): Option {
  return {
    key: `#${name}`,
    insert: `#${name}`,
    label: fname || name,
    detail: fname && fname !== name ? `#${name}` : undefined,
    note: strange ? words("notJoined") : undefined,
    picture: { kind: "icon", icon: t === "p" ? "lock" : "hash" },
  };
}

function strangeRooms(query: string): Promise<Option[]> {
  return remember(`# ${query}`, async () => {
    const found = (await ask("spotlight", query, [], { users: false, rooms: true, mentions: true })).rooms;
    return found.map((one) => room(one, !store.getState().subscriptions.has(one._id)));
  });
}

function commandOption({ name, takes }: { name: string; takes: boolean }): Option {
  return {
    key: `/${name}`,
    insert: `/${name}`,
    label: takes ? `/${name} ${words(`commands.${name}.takes`)}` : `/${name}`,
    detail: words(`commands.${name}.does`),
    picture: { kind: "icon", icon: "code" },
  };
}
