// What stands in the form of an account, and what of it is sent.

import type { Account, AccountForm } from "./calls";

export type PasswordWay = "keep" | "set" | "random";

export interface Draft {
  name: string;
  username: string;
  email: string;
  verified: boolean;
  way: PasswordWay;
  password: string;
  mustChange: boolean;
  roles: string[];
  joinDefaults: boolean;
}

export type Problem = "missing" | "invalid";
export type Problems = Partial<Record<"name" | "username" | "email" | "password" | "roles", Problem>>;

export function draftOf(account: Account | undefined): Draft {
  return {
    name: account?.name ?? "",
    username: account?.username ?? "",
    email: account?.emails?.[0]?.address ?? "",
    verified: account?.emails?.[0]?.verified ?? false,
    way: account ? "keep" : "random",
    password: "",
    mustChange: account ? (account.requirePasswordChange ?? false) : true,
    roles: account?.roles ?? ["user"],
    joinDefaults: true,
  };
}

/** What the server would refuse in any case. */
export function problemsOf(draft: Draft): Problems {
  const found: Problems = {};
  if (!draft.name.trim()) found.name = "missing";
  if (!draft.username.trim()) found.username = "missing";
  if (!draft.email.trim()) found.email = "missing";
  else if (!/^[^\s@]+@[^\s@]+$/.test(draft.email.trim())) found.email = "invalid";
  if (draft.way === "set" && !draft.password) found.password = "missing";
  if (draft.roles.length === 0) found.roles = "missing";
  return found;
}

function passwordOf(draft: Draft): AccountForm {
  if (draft.way === "set") return { password: draft.password };
  return draft.way === "random" ? { setRandomPassword: true } : {};
}

/** Everything, for a new account. */
export function whole(draft: Draft): AccountForm {
  return {
    name: draft.name.trim(),
    username: draft.username.trim(),
    email: draft.email.trim(),
    verified: draft.verified,
    requirePasswordChange: draft.mustChange,
    roles: draft.roles,
    joinDefaultChannels: draft.joinDefaults,
    ...passwordOf(draft),
  };
}

const sorted = (roles: readonly string[]) => roles.toSorted().join();

/** Only what is another than before: what nobody touched is not asked permission for. */
export function changes(before: Account, draft: Draft): AccountForm {
  const old = draftOf(before);
  const changed: AccountForm = passwordOf(draft);
  if (draft.name.trim() !== old.name) changed.name = draft.name.trim();
  if (draft.username.trim() !== old.username) changed.username = draft.username.trim();
  const mailed = draft.email.trim() !== old.email;
  if (mailed) changed.email = draft.email.trim();
  if (mailed || draft.verified !== old.verified) changed.verified = draft.verified;
  if (draft.way !== "keep" || draft.mustChange !== old.mustChange) changed.requirePasswordChange = draft.mustChange;
  if (sorted(draft.roles) !== sorted(old.roles)) changed.roles = draft.roles;
  return changed;
}
