import { useEffect, useState } from "react";
import { parseMetrics, type Snapshot, snapshotOf } from "./metrics";

/** Seconds between two readings, and how far the plots look back. */
const EVERY = 2;
export const SPAN = 600;

export type Metrics = { at: "waiting" } | { at: "absent" } | { at: "lost" } | { at: "known"; history: readonly Snapshot[] };

async function readMetrics(): Promise<Snapshot | "absent"> {
  const response = await fetch("/metrics", { cache: "no-store" });
  if (!response.ok) return "absent";
  const text = await response.text();
  // A proxy in front may answer with a page of its own.
  return text.includes("gantry_") ? snapshotOf(parseMetrics(text), Date.now() / 1_000) : "absent";
}

function joined(before: Metrics, snapshot: Snapshot): Metrics {
  const history = before.at === "known" ? before.history : [];
  return { at: "known", history: [...history.filter(({ at }) => at > snapshot.at - SPAN), snapshot] };
}

/** The server's figures while this is shown; a page that nobody sees asks for none. */
export function useMetrics(): Metrics {
  const [metrics, set] = useState<Metrics>({ at: "waiting" });
  useEffect(() => {
    let ended = false;
    const turn = async () => {
      if (document.hidden) return;
      try {
        const snapshot = await readMetrics();
        if (!ended) set((before) => (snapshot === "absent" ? { at: "absent" } : joined(before, snapshot)));
      } catch {
        if (!ended) set((before) => (before.at === "known" ? before : { at: "lost" }));
      }
    };
    void turn();
    const timer = setInterval(() => void turn(), EVERY * 1_000);
    return () => {
      ended = true;
      clearInterval(timer);
    };
  }, []);
  return metrics;
}
