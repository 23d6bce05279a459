// An account in the making. Pure.

import { isEmail, isPassword, isUsername, type Settings } from "./rules";

export interface Account {
  name: string;
  username: string;
  email: string;
  password: string;
  /** Whether the user name is the person's own choice, and follows the name no more. */
  chosen: boolean;
}

export const emptyAccount: Account = { name: "", username: "", email: "", password: "", chosen: false };

export type FieldName = "name" | "username" | "email" | "password";

/** What is wrong with what was typed: a key of `entry.errors`. */
export type AccountErrors = Partial<Record<FieldName, string>>;

export function wrongIn(account: Account, settings: Settings): AccountErrors {
  const wrong: AccountErrors = {};
  if (account.name.trim() === "" && settings.get("Accounts_RequireNameForSignUp") !== false) wrong.name = "nameMissing";
  if (account.username === "") wrong.username = "usernameMissing";
  else if (!isUsername(settings, account.username)) wrong.username = "username";
  if (!isEmail(account.email.trim())) wrong.email = "email";
  if (!isPassword(settings, account.password)) wrong.password = account.password === "" ? "passwordMissing" : "policy";
  return wrong;
}
