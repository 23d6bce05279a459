// What a failed entry means to the person at the door.

import { asCallError, type CallError } from "@/lib/ddp/errors";

/** The sentence for a failure: a key of `entry.errors`, and what it counts. */
export interface Failure {
  key: string;
  /** The field that it is about. */
  field?: "username" | "email" | "password" | "name" | "token" | "code";
  count?: number;
  /** What the server said, where there is no sentence for it. */
  text?: string;
}

const BY_ID: Record<string, Failure> = {
  offline: { key: "offline" },
  lost: { key: "offline" },
  "error-user-is-not-activated": { key: "notActivated" },
  "error-user-has-no-roles": { key: "noRoles" },
  "error-app-user-is-not-allowed-to-login": { key: "appUser" },
  "error-invalid-email": { key: "email", field: "email" },
  "error-email-domain-blacklisted": { key: "emailDomain", field: "email" },
  "error-invalid-domain": { key: "emailDomain", field: "email" },
  "error-login-blocked-for-ip": { key: "blocked" },
  "error-login-blocked-for-user": { key: "blockedUser" },
  "totp-invalid": { key: "code", field: "code" },
  "error-user-registration-disabled": { key: "closed" },
  "error-user-registration-secret": { key: "closed" },
  "error-password-policy-not-met": { key: "policy", field: "password" },
  "error-invalid-setup-token": { key: "token", field: "token" },
  "error-blocked-username": { key: "usernameBlocked", field: "username" },
  "error-field-unavailable": { key: "usernameTaken", field: "username" },
  "error-input-is-not-a-valid-field": { key: "username", field: "username" },
  "error-password-same-as-current": { key: "samePassword", field: "password" },
};

/** Refusals that have no id, only a sentence. */
const BY_TEXT: readonly [RegExp, Failure][] = [
  [/username.*(already in use|unavailable)|already in use/i, { key: "usernameTaken", field: "username" }],
  [/username.*not valid/i, { key: "username", field: "username" }],
  [/email already exists/i, { key: "emailTaken", field: "email" }],
  [/name.*not valid/i, { key: "name", field: "name" }],
  [/user not found|incorrect password/i, { key: "wrong", field: "password" }],
];

function waiting(error: CallError): Failure {
  const wait = error.details?.timeToReset;
  return { key: "tooMany", count: typeof wait === "number" ? Math.max(1, Math.ceil(wait / 1_000)) : 60 };
}

export function failureOf(thrown: unknown): Failure {
  const error = asCallError(thrown);
  if (error.id === "too-many-requests" || error.id === "error-too-many-requests") return waiting(error);
  const known = BY_ID[error.id] ?? BY_TEXT.find(([form]) => form.test(`${error.id} ${error.message}`))?.[1];
  return known ?? { key: "other", text: error.message || error.id };
}

/** How a second factor is asked for, where one is. */
export function factorOf(thrown: unknown): "totp" | "email" | "password" | undefined {
  const error = asCallError(thrown);
  if (error.id !== "totp-required") return undefined;
  const method = error.details?.method;
  return method === "email" || method === "password" ? method : "totp";
}
