// Who hears an event of a stream.

import type { CallError } from "./errors";

export type Handler = (args: unknown[], eventName: string) => void;

/** What a subscription may come to. */
export interface Turns {
  /** It was refused for good. */
  refused?: (error: CallError) => void;
  /** It was made later than asked for: something may have been missed. */
  late?: () => void;
}

export interface Listener {
  stream: string;
  event: string;
  params: unknown[];
  handlers: Set<Handler>;
  id?: string;
  turns: Turns;
  /** Runs while it waits to be subscribed to again, because the server asked to slow down. */
  again?: ReturnType<typeof setTimeout>;
}
