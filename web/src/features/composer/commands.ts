// Slash commands: which there are, and what a text that begins with one means. Pure.

import { mayAny } from "@/lib/store/permissions";
import type { State } from "@/lib/store/state";

export interface Command {
  name: string;
  /** Whether it takes something; the words for it are in the translations. */
  takes: boolean;
  /** Offered to who holds one of these; to everybody where there is none. */
  permissions: readonly string[];
  /** Made into a text here and sent as any other: it is shown at once, and waits for the connection. */
  says?: (what: string) => string;
}

const command = (name: string, takes: boolean, ...permissions: string[]): Command => ({ name, takes, permissions });
const saying = (name: string, says: (what: string) => string): Command => ({ name, takes: true, permissions: [], says });
const behind = (sign: string) => (what: string) => `${what} ${sign}`.trim();

/** Those that the server has, by name. */
export const commands: readonly Command[] = [
  command("archive", true, "archive-room"),
  command("create", true, "create-c", "create-p"),
  saying("gimme", (what) => `༼ つ ◕_◕ ༽つ ${what}`.trim()),
  command("hide", true),
  command("invite", true, "add-user-to-joined-room"),
  command("join", true, "view-c-room"),
  command("kick", true, "remove-user"),
  command("leave", false, "leave-c", "leave-p"),
  saying("lennyface", behind("( ͡° ͜ʖ ͡°)")),
  saying("me", (what) => (what ? `_${what}_` : "")),
  command("msg", true, "create-d"),
  command("part", false, "leave-c", "leave-p"),
  saying("shrug", behind("¯\\\\_(ツ)_/¯")),
  command("status", true),
  saying("tableflip", behind("(╯°□°）╯︵ ┻━┻")),
  command("unarchive", true, "unarchive-room"),
  saying("unflip", behind("┬─┬ ノ( ゜-゜ノ)")),
];

/** The commands that begin so and are for this user. */
export function commandsFor(state: State, rid: string, begin: string): Command[] {
  const start = begin.toLowerCase();
  return commands.filter((one) => one.name.startsWith(start) && (one.permissions.length === 0 || mayAny(state, one.permissions, rid)));
}

export type Meaning = { kind: "text"; text: string } | { kind: "command"; name: string; params: string } | { kind: "unknown"; name: string };

/** What sending a text means. */
export function meaningOf(text: string, tolerant: boolean): Meaning {
  const found = /^\/([a-z][\w-]*)(?:\s+([\s\S]*))?$/i.exec(text);
  if (!found) return { kind: "text", text };
  const name = (found[1] ?? "").toLowerCase();
  const params = (found[2] ?? "").trim();
  const known = commands.find((one) => one.name === name);
  if (known?.says) return { kind: "text", text: known.says(params) };
  if (known) return { kind: "command", name, params };
  return tolerant ? { kind: "text", text } : { kind: "unknown", name };
}
