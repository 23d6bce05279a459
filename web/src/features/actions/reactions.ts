// Reactions in words. Pure.

import type { Reaction } from "@/lib/protocol/documents";

export function gaveIt(reaction: Reaction, username: string | undefined): boolean {
  return username !== undefined && reaction.usernames.includes(username);
}

interface Wording {
  username: string | undefined;
  /** Whether people are called by their full names here. */
  real: boolean;
  you: string;
  more(n: number): string;
  language: string;
}

const SHOWN = 12;

/** "You, Ann and Bob": this user first, at most a dozen by name. */
export function whoReacted(reaction: Reaction, { username, real, you, more, language }: Wording): string {
  const others = reaction.usernames.map((one, at) => ({ one, name: (real && reaction.names?.[at]) || one })).filter(({ one }) => one !== username);
  const names = [...(gaveIt(reaction, username) ? [you] : []), ...others.map(({ name }) => name)];
  const shown = names.length > SHOWN ? [...names.slice(0, SHOWN), more(names.length - SHOWN)] : names;
  return new Intl.ListFormat(language, { type: "conjunction" }).format(shown);
}
