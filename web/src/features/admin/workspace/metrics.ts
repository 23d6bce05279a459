// The server's metrics: reading the text of `/metrics`, and what the plots need of it.

export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+([-+]?(?:[\d.]\S*|Inf)|NaN)(?:\s|$)/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** Reads Prometheus' text format; lines that are none are passed over. */
export function parseMetrics(text: string): Sample[] {
  return text.split("\n").flatMap((line) => {
    const found = line.startsWith("#") ? null : LINE.exec(line);
    if (!found) return [];
    const [, name = "", inner = "", number = ""] = found;
    const labels = Object.fromEntries([...inner.matchAll(LABEL)].map(([, key = "", value = ""]) => [key, value.replace(/\\(.)/g, "$1")]));
    return [{ name, labels, value: number === "+Inf" ? Number.POSITIVE_INFINITY : Number(number) }];
  });
}

/** What was counted up to a moment. Counters only grow; a restart of the server begins them anew. */
export interface Snapshot {
  /** Seconds. */
  at: number;
  connections: number;
  realtime: number;
  /** Messages that clients sent. */
  messages: number;
  requests: number;
  methods: number;
  commits: number;
  writes: number;
  queue: number;
  /** Bytes, where the server tells. */
  memory: number | undefined;
  /** Answers by how long they took at most, in seconds: cumulative. */
  buckets: ReadonlyMap<number, number>;
}

const SENDING = new Set(["sendMessage", "chat.sendMessage", "chat.postMessage"]);

/** This page's own reading is not what the server is there for. */
const asked = (labels: Record<string, string>) => labels.endpoint !== "metrics";

export function snapshotOf(samples: readonly Sample[], at: number): Snapshot {
  const sum = (name: string, wanted: (labels: Record<string, string>) => boolean = () => true) =>
    samples.reduce((total, one) => (one.name === name && wanted(one.labels) ? total + one.value : total), 0);
  return {
    at,
    connections: sum("gantry_http_connections"),
    realtime: sum("gantry_realtime_connections"),
    messages:
      sum("gantry_realtime_methods_total", ({ method = "", outcome }) => SENDING.has(method) && outcome === "ok") +
      sum("gantry_http_requests_total", ({ endpoint = "", status }) => SENDING.has(endpoint) && status === "200"),
    requests: sum("gantry_http_requests_total", asked),
    methods: sum("gantry_realtime_methods_total"),
    commits: sum("gantry_store_commits_total"),
    writes: sum("gantry_store_writes_total"),
    queue: sum("gantry_store_write_queue"),
    memory: samples.find(({ name }) => name === "process_resident_memory_bytes")?.value,
    buckets: bucketsOf(samples.filter(({ name, labels }) => name === "gantry_http_request_seconds_bucket" && asked(labels))),
  };
}

function bucketsOf(samples: readonly Sample[]): Map<number, number> {
  const buckets = new Map<number, number>();
  for (const { labels, value } of samples) {
    const bound = labels.le === "+Inf" ? Number.POSITIVE_INFINITY : Number(labels.le);
    buckets.set(bound, (buckets.get(bound) ?? 0) + value);
  }
  return new Map([...buckets].toSorted(([a], [b]) => a - b));
}

export type CounterKey = "messages" | "requests" | "methods" | "commits" | "writes";

/** How much a counter grew in a second, between two moments; unknown across a restart. */
export function rate(before: Snapshot, after: Snapshot, key: CounterKey): number | null {
  const grown = after[key] - before[key];
  const seconds = after.at - before.at;
  return grown < 0 || seconds <= 0 ? null : grown / seconds;
}

/** The time within which a share of the answers between two moments was given, in seconds; unknown where there was none. */
export function quantile(before: Snapshot, after: Snapshot, share: number): number | null {
  const grown = [...after.buckets].map(([bound, count]) => [bound, count - (before.buckets.get(bound) ?? 0)] as const);
  const total = grown.at(-1)?.[1] ?? 0;
  if (total <= 0) return null;
  const wanted = total * share;
  let [low, below] = [0, 0];
  for (const [bound, count] of grown) {
    if (count >= wanted) {
      // Beyond the last bound nothing more is known than that bound.
      if (!Number.isFinite(bound) || count === below) return Number.isFinite(bound) ? bound : low;
      return low + ((bound - low) * (wanted - below)) / (count - below);
    }
    [low, below] = [bound, count];
  }
  return null;
}
