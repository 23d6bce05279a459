// One tab of a browser speaks for all: each notice is told once.

import { readJson, writeJson } from "@/lib/store/local";

const NAME = "gantry.leader";
/** How long a tab leads that does not say so again, and how often it says so. */
export const LEASE = 6_000;
const RENEWED = 2_000;

export interface Lease {
  tab: string;
  until: number;
}

/** Whether a tab may lead: nobody else does. */
export function mayLead(lease: Lease | undefined, tab: string, now: number): boolean {
  return lease === undefined || lease.tab === tab || lease.until <= now;
}

export interface Leadership {
  readonly leads: boolean;
  end: () => void;
}

/** By a lock of the browser: it goes to the next tab when this one is gone, however it went. */
function byLock(): Leadership {
  const stop = new AbortController();
  const state = { leads: false };
  const waits: { end?: () => void } = {};
  const held = new Promise<void>((resolve) => {
    waits.end = resolve;
  });
  navigator.locks
    .request(NAME, { signal: stop.signal }, async () => {
      state.leads = true;
      await held;
    })
    .catch(() => {});
  const end = () => {
    state.leads = false;
    stop.abort();
    waits.end?.();
  };
  return { get leads() { return state.leads; }, end };
}

/** By a note in the storage that all tabs share: browsers have locks only on pages that came over HTTPS. */
function byLease(tab: string): Leadership {
  const claim = () => {
    const now = Date.now();
    if (!mayLead(readJson<Lease>(NAME), tab, now)) return;
    writeJson(NAME, { tab, until: now + LEASE });
  };
  const leave = () => {
    if (readJson<Lease>(NAME)?.tab === tab) writeJson(NAME, undefined);
  };
  claim();
  const timer = setInterval(claim, RENEWED);
  addEventListener("pagehide", leave);
  const end = () => {
    clearInterval(timer);
    removeEventListener("pagehide", leave);
    leave();
  };
  return {
    get leads() {
      claim();
      const lease = readJson<Lease>(NAME);
      // Where storage is forbidden each tab is alone.
      return lease === undefined || lease.tab === tab;
    },
    end,
  };
}

export function lead(tab: string): Leadership {
  return "locks" in navigator ? byLock() : byLease(tab);
}
