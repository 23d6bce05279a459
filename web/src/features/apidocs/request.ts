// Making a call out of what was filled in, and showing how it is made by hand.

import type { Factor } from "@/lib/api/factor";
import { answeredWithFactor, factorHeaders } from "@/lib/api/rest";
import type { Operation } from "./openapi";

export interface Filled {
  /** By parameter. */
  values: Readonly<Record<string, string>>;
  body: string;
}

/** Path and query, with what was filled in; what is empty is left out. */
export function addressOf({ path, parameters }: Operation, values: Filled["values"]): string {
  const filled = path.replace(/\{(\w+)\}/g, (whole, name: string) => (values[name] ? encodeURIComponent(values[name]) : whole));
  const query = new URLSearchParams(parameters.filter(({ in: place, name }) => place === "query" && values[name]).map(({ name }) => [name, values[name] ?? ""])).toString();
  return query ? `${filled}?${query}` : filled;
}

/** Parameters that must be filled in and are not. */
export function missing({ parameters }: Operation, values: Filled["values"]): string[] {
  return parameters.filter((one) => (one.required || one.in === "path") && !values[one.name]).map(({ name }) => name);
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** The same call from a shell; who calls is left to the environment. */
export function curlOf(operation: Operation, { values, body }: Filled, origin: string): string {
  const lines = [`curl ${quoted(origin + addressOf(operation, values))}`];
  if (operation.method !== "GET" && !(operation.method === "POST" && operation.body)) lines[0] += ` -X ${operation.method}`;
  if (operation.login) lines.push('-H "X-Auth-Token: $TOKEN"', '-H "X-User-Id: $USER_ID"');
  if (operation.body) lines.push(`-H 'Content-Type: ${operation.body.type}'`, `-d ${quoted(compact(body))}`);
  return lines.join(" \\\n  ");
}

function compact(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body));
  } catch {
    return body;
  }
}

export interface Told {
  status: number;
  statusText: string;
  /** Milliseconds until the answer began. */
  took: number;
  /** In bytes. */
  size: number;
  headers: (readonly [string, string])[];
  text: string;
}

/** Headers that say something of the call itself. */
const TELLING = /^(x-ratelimit-|x-request-id|retry-after)/;

/** The most that is drawn of an answer. */
const LONGEST = 200_000;

/** Calls, and tells all that there is to tell of the answer. */
export async function send(operation: Operation, { values, body }: Filled, login: Record<string, string>): Promise<Told> {
  let [began, ended] = [0, 0];
  const call = async (shown?: Factor) => {
    began = performance.now();
    const answer = await fetch(addressOf(operation, values), {
      method: operation.method,
      headers: { ...login, ...factorHeaders(shown), ...(operation.body && { "Content-Type": operation.body.type }) },
      body: operation.body ? body : undefined,
      cache: "no-store",
      credentials: "omit",
    });
    ended = performance.now();
    return answer;
  };
  const response = await answeredWithFactor(await call(), call);
  const text = await response.text();
  return {
    status: response.status,
    statusText: response.statusText,
    took: ended - began,
    size: new TextEncoder().encode(text).length,
    headers: [...response.headers].filter(([name]) => TELLING.test(name)),
    text: pretty(text).slice(0, LONGEST),
  };
}

/** JSON on many lines; what is none stays as it is. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
