import { describe, expect, it } from "vitest";
import { parseMetrics, quantile, rate, snapshotOf } from "./metrics";

const TEXT = `# HELP gantry_http_connections Open connections.
# TYPE gantry_http_connections gauge
gantry_http_connections 7

gantry_realtime_methods_total{method="sendMessage",outcome="ok"} 5
gantry_realtime_methods_total{method="sendMessage",outcome="error"} 2
gantry_realtime_methods_total{method="login",outcome="ok"} 3
gantry_http_requests_total{endpoint="chat.postMessage",status="200"} 4
gantry_http_requests_total{endpoint="chat.postMessage",status="400"} 1
gantry_http_requests_total{endpoint="metrics",status="200"} 90
gantry_http_request_seconds_bucket{endpoint="info",le="0.01"} 8
gantry_http_request_seconds_bucket{endpoint="info",le="0.1"} 10
gantry_http_request_seconds_bucket{endpoint="info",le="+Inf"} 10
gantry_http_request_seconds_bucket{endpoint="metrics",le="0.01"} 90
odd{text="a \\"quoted\\" word, with {braces}"} 1e3
not a line`;

const at = (seconds: number, text: string) => snapshotOf(parseMetrics(text), seconds);

describe("parseMetrics", () => {
  it("reads names, labels and values", () => {
    const samples = parseMetrics(TEXT);
    expect(samples[0]).toEqual({ name: "gantry_http_connections", labels: {}, value: 7 });
    expect(samples.at(-1)).toEqual({ name: "odd", labels: { text: 'a "quoted" word, with {braces}' }, value: 1000 });
    expect(samples).toHaveLength(12);
  });
});

describe("snapshotOf", () => {
  it("sums what belongs together, without its own reading", () => {
    const snapshot = at(0, TEXT);
    expect(snapshot.messages).toBe(9);
    expect(snapshot.methods).toBe(10);
    expect(snapshot.requests).toBe(5);
    expect(snapshot.memory).toBeUndefined();
    expect([...snapshot.buckets]).toEqual([[0.01, 8], [0.1, 10], [Number.POSITIVE_INFINITY, 10]]);
  });
});

describe("rate", () => {
  it("is growth by the second, and unknown across a restart", () => {
    const [before, after] = [at(0, "gantry_store_commits_total 10"), at(5, "gantry_store_commits_total 20")];
    expect(rate(before, after, "commits")).toBe(2);
    expect(rate(after, { ...before, at: 9 }, "commits")).toBeNull();
  });
});

const bucket = (le: string, count: number) => `gantry_http_request_seconds_bucket{endpoint="x",le="${le}"} ${count}`;

describe("quantile", () => {
  const before = at(0, [bucket("0.01", 0), bucket("0.1", 0), bucket("+Inf", 0)].join("\n"));

  it("lies within the bucket where the share is reached", () => {
    const after = at(1, [bucket("0.01", 50), bucket("0.1", 100), bucket("+Inf", 100)].join("\n"));
    expect(quantile(before, after, 0.25)).toBeCloseTo(0.005);
    expect(quantile(before, after, 0.75)).toBeCloseTo(0.055);
  });

  it("knows no more than the last bound, and nothing of nothing", () => {
    const after = at(1, [bucket("0.01", 0), bucket("0.1", 0), bucket("+Inf", 4)].join("\n"));
    expect(quantile(before, after, 0.5)).toBe(0.1);
    expect(quantile(before, before, 0.5)).toBeNull();
  });
});
