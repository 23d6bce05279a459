// The page's one connection, with typed calls and streams.

import { type Factor, wantsPassword, withFactor } from "../api/factor";
import { Connection } from "../ddp/connection";
import { CallError, asCallError } from "../ddp/errors";
import type { Method, Params, Result } from "../protocol/methods";
import { now } from "../store/state";

type Hook = () => Promise<void> | void;

let onOpen: Hook = () => {};

/** What is done each time the connection opens, before subscriptions stand: logging in. */
export function whenOpen(hook: Hook): void {
  onOpen = hook;
}

function address(): string {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/websocket`;
}

export const connection = new Connection({
  url: address(),
  onOpen: async () => onOpen(),
  onState: (link) => now((draft) => draft.set("link", link)),
});

/** Calls a method of the server; where it wants the password for it, the person is asked. Fails with a `CallError`. */
export async function call<M extends Method>(method: M, ...params: Params<M>): Promise<Result<M>> {
  try {
    return (await connection.call(method, params)) as Result<M>;
  } catch (thrown) {
    const refused = asCallError(thrown);
    if (!wantsPassword(refused)) throw thrown;
    const again = (factor?: Factor) => connection.call(method, factor ? [...params, { twoFactorCode: factor.code, twoFactorMethod: factor.method }] : params);
    return (await withFactor(refused, again)) as Result<M>;
  }
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** How long the server asks to wait. */
export function patience(error: CallError): number {
  const wait = error.details?.timeToReset;
  return Math.min(typeof wait === "number" ? wait : 1_000, 15_000);
}

/** Asks for something that may be asked for again; when the server asks to slow down, it does. */
export async function patiently<T>(what: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await what();
    } catch (thrown) {
      const error = asCallError(thrown);
      if (error.id !== "too-many-requests" || tries === 4) throw error;
      await sleep(patience(error));
    }
  }
}

/** Calls a method that only reads; when the server asks to slow down, it does. */
export function ask<M extends Method>(method: M, ...params: Params<M>): Promise<Result<M>> {
  return patiently(() => call(method, ...params));
}

/** Hears an event of a stream until the returned function is called. `late`: what is done when it began later than asked for, as the server was asked too much, and something may have been missed. */
export function listen(stream: string, event: string, handler: (args: unknown[]) => void, late?: () => void): () => void {
  return connection.listen(stream, event, handler, undefined, { late });
}
