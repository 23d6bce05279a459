// The first run's steps and what is gathered in them. Pure.

import type { SettingValue } from "@/lib/protocol/documents";
import { type Account, type AccountErrors, emptyAccount, wrongIn } from "../account";
import type { Failure } from "../failures";
import type { Settings } from "../rules";

export type Step = "account" | "workspace";
export const steps: readonly Step[] = ["account", "workspace"];

export type Registration = "Public" | "Disabled" | "Secret URL";

/** All that is typed; kept from step to step, whichever way one goes. */
export interface Gathered {
  account: Account;
  token: string;
  site: string;
  language: string;
  registration: Registration;
}

export function gathering(language: string): Gathered {
  return { account: emptyAccount, token: "", site: "", language, registration: "Public" };
}

/** The step that an address names. */
export function stepOf(path: string): Step {
  return path.split("/")[2] === "workspace" ? "workspace" : "account";
}

export type Wrong = AccountErrors & { site?: string; token?: string };

/** What is wrong in a step: keys of `entry.errors`. */
export function wrongInStep(step: Step, gathered: Gathered, settings: Settings, tokenNeeded: boolean): Wrong {
  if (step === "workspace") return gathered.site.trim() === "" ? { site: "siteMissing" } : {};
  const wrong: Wrong = wrongIn(gathered.account, settings);
  if (tokenNeeded && gathered.token.trim() === "") wrong.token = "tokenMissing";
  return wrong;
}

/** The first step that is not done: an address may name a later one than one has come to. */
export function furthest(gathered: Gathered, settings: Settings, tokenNeeded: boolean): Step {
  const open = steps.find((step) => Object.keys(wrongInStep(step, gathered, settings, tokenNeeded)).length > 0);
  return open ?? "workspace";
}

/** The step to go back to for a failure. */
export function stepOfFailure(failure: Failure): Step | undefined {
  return failure.field ? "account" : undefined;
}

/** The server's language is named by the code alone where it has no other. */
export function changesOf({ site, language, registration }: Gathered): { _id: string; value: SettingValue }[] {
  return [
    { _id: "Site_Name", value: site.trim() },
    { _id: "Language", value: language },
    { _id: "Accounts_RegistrationForm", value: registration },
    { _id: "Show_Setup_Wizard", value: "completed" },
  ];
}

/** Whether the server will ask for its set-up token: where people come over a network, as far as this page can tell. */
export function needsToken(host: string, siteUrl: unknown): boolean {
  if (!isOwnMachine(host)) return true;
  return typeof siteUrl === "string" && URL.canParse(siteUrl) && !isOwnMachine(new URL(siteUrl).hostname);
}

/** Whether an address is one of this machine's own, where nobody else can be. */
export function isOwnMachine(host: string): boolean {
  return host === "localhost" || host === "[::1]" || host === "::1" || /^127(\.\d+){3}$/.test(host) || host.endsWith(".localhost");
}
