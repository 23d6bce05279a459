// Typed calls of the REST API: for administration and for single acts. What is live comes over the socket.

import createClient, { type Middleware } from "openapi-fetch";
import { CallError } from "../ddp/errors";
import { store } from "../store/state";
import type { paths } from "./schema";

export const rest = createClient<paths>({ baseUrl: "", querySerializer: { array: { style: "form", explode: false } } });

/** What says who calls; nothing where nobody is logged in. */
export function loginHeaders(): Record<string, string> {
  const session = store.getState().session;
  return session ? { "X-Auth-Token": session.token, "X-User-Id": session.uid } : {};
}

const login: Middleware = {
  onRequest({ request }) {
    for (const [name, value] of Object.entries(loginHeaders())) request.headers.set(name, value);
    return request;
  },
};
rest.use(login);

interface Refusal {
  error?: string;
  errorType?: string;
  message?: string;
  details?: Record<string, unknown>;
}

/** How long the server asks to wait: by its own clock, as this machine's may be another. */
function patience(response: Response): Record<string, unknown> | undefined {
  const reset = Number(response.headers.get("x-ratelimit-reset"));
  if (!reset) return undefined;
  const now = Date.parse(response.headers.get("date") ?? "") || Date.now();
  return { timeToReset: Math.max(1_000, reset - now) };
}

/** The answer of a call, or the server's refusal as a `CallError`. */
export async function answered<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  let answer;
  try {
    answer = await call;
  } catch {
    throw new CallError("offline", "The server cannot be reached");
  }
  if (answer.data !== undefined && answer.response.ok) return answer.data;
  const refusal = (answer.error ?? {}) as Refusal;
  if (answer.response.status === 429) throw new CallError("too-many-requests", refusal.error ?? "", patience(answer.response));
  const id = refusal.errorType ?? String(answer.response.status);
  throw new CallError(id, refusal.error ?? refusal.message ?? answer.response.statusText, refusal.details);
}
