// Typed calls of the REST API: for administration and for single acts. What is live comes over the socket.

import createClient, { type Middleware } from "openapi-fetch";
import { CallError } from "../ddp/errors";
import { store } from "../store/state";
import { type Factor, wantsPassword, withFactor } from "./factor";
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

/** What can be sent once more, as the body of what was sent is gone. */
const spares = new WeakMap<Request, Request>();

const factor: Middleware = {
  onRequest({ request }) {
    if (request.method !== "GET") spares.set(request, request.clone());
  },
  async onResponse({ request, response }) {
    const spare = spares.get(request);
    return spare && answeredWithFactor(response, (shown) => fetch(showing(spare.clone(), shown)));
  },
};

/** An answer; where the server wanted a second factor for it, that of the same call made again with one. */
export async function answeredWithFactor(response: Response, again: (shown: Factor | undefined) => Promise<Response>): Promise<Response> {
  const refused = await factorRefusal(response);
  if (!wantsPassword(refused)) return response;
  try {
    return await withFactor(refused, async (shown) => {
      const answer = await again(shown);
      const wrong = await factorRefusal(answer);
      if (wrong) throw wrong;
      return answer;
    });
  } catch (thrown) {
    if (thrown instanceof CallError) return response;
    throw thrown;
  }
}

/** What shows a second factor. */
export function factorHeaders(shown: Factor | undefined): Record<string, string> {
  return shown ? { "x-2fa-code": shown.code, "x-2fa-method": shown.method } : {};
}

function showing(request: Request, shown: Factor | undefined): Request {
  for (const [name, value] of Object.entries(factorHeaders(shown))) request.headers.set(name, value);
  return request;
}

/** The refusal for a second factor that is missing or wrong; nothing for any other answer, which stays unread. */
async function factorRefusal(response: Response): Promise<CallError | undefined> {
  if (response.status !== 400) return undefined;
  const refusal = ((await response.clone().json().catch(() => undefined)) ?? {}) as Refusal;
  const { errorType, error, details } = refusal;
  return errorType?.toString().startsWith("totp-") ? new CallError(errorType, error ?? "", details) : undefined;
}

// The last to be used sees an answer first, and a request last: with who calls in it.
rest.use(login, factor);

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
