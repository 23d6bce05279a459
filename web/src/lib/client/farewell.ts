// Whoever learns that the session has ended says so here; the session does what follows.

import type { Farewell } from "../store/state";

let handler: (why: Farewell) => void = () => {};

export function whenFarewell(what: (why: Farewell) => void): void {
  handler = what;
}

export function sayFarewell(why: Farewell): void {
  handler(why);
}
