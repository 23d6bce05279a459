// Calls of the administration's REST endpoints. Each has its answer's type beside its caller.

import { answered, loginHeaders } from "@/lib/api/rest";

type Query = Record<string, string | number | boolean | undefined>;

function address(path: string, query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return `/api/v1/${path}${text && `?${text}`}`;
}

async function exchange<T>(url: string, init: RequestInit): Promise<{ data?: T; error?: unknown; response: Response }> {
  const response = await fetch(url, { ...init, headers: { ...loginHeaders(), "Content-Type": "application/json" } });
  const body: unknown = await response.json().catch(() => ({}));
  return response.ok ? { data: body as T, response } : { error: body, response };
}

/** Reads. Fails with a `CallError`. */
export function get<T>(path: string, query: Query = {}): Promise<T> {
  return answered<T>(exchange<T>(address(path, query), { method: "GET" }));
}

/** Changes something. Fails with a `CallError`. */
export function post<T>(path: string, body: object): Promise<T> {
  return answered<T>(exchange<T>(address(path, {}), { method: "POST", body: JSON.stringify(body) }));
}
