import { useMemo } from "react";
import { useTranslation } from "@/i18n";
import { Banner, SkeletonList } from "@/ui";
import { type CounterKey, quantile, rate, type Snapshot } from "./metrics";
import { Plot, type Series } from "./Plot";
import { useMetrics } from "./useMetrics";
import styles from "./Workspace.module.css";

/** Answers are few on a quiet server: their times are of the last half minute. */
const WINDOW = 30;

const MIB = 1_048_576;

type Reader = (history: readonly Snapshot[], place: number) => number | null;

const grown = (key: CounterKey): Reader => (history, place) => {
  const [before, after] = [history[place - 1], history[place]];
  return before && after ? rate(before, after, key) : null;
};

const within = (share: number): Reader => (history, place) => {
  const after = history[place];
  if (!after) return null;
  const before = history.findLast(({ at }) => at <= after.at - WINDOW) ?? history[0];
  const seconds = before && before !== after ? quantile(before, after, share) : null;
  return seconds === null ? null : seconds * 1_000;
};

const gauge = (key: "connections" | "realtime" | "queue"): Reader => (history, place) => history[place]?.[key] ?? null;
const memory: Reader = (history, place) => {
  const bytes = history[place]?.memory;
  return bytes === undefined ? null : bytes / MIB;
};

interface Shown {
  id: "connections" | "messages" | "latency" | "calls" | "commits" | "memory";
  readers: Record<string, Reader>;
  digits?: number;
}

const plots: readonly Shown[] = [
  { id: "connections", readers: { all: gauge("connections"), realtime: gauge("realtime") } },
  { id: "messages", readers: { sent: grown("messages") }, digits: 1 },
  { id: "latency", readers: { half: within(0.5), most: within(0.99) }, digits: 1 },
  { id: "calls", readers: { requests: grown("requests"), methods: grown("methods") }, digits: 1 },
  { id: "commits", readers: { commits: grown("commits"), writes: grown("writes") }, digits: 1 },
  { id: "memory", readers: { resident: memory }, digits: 1 },
];

/** The figures of the last minutes, as the server counts them. */
export default function Plots() {
  const { t } = useTranslation();
  const metrics = useMetrics();
  if (metrics.at === "waiting") return <SkeletonList rows={3} />;
  if (metrics.at === "absent") return <Banner>{t("admin.info.noMetrics")}</Banner>;
  if (metrics.at === "lost") return <Banner kind="warning">{t("errors.offline")}</Banner>;
  const { history } = metrics;
  const told = history.at(-1)?.memory !== undefined;
  return (
    <div className={styles.plots}>
      {plots.filter(({ id }) => id !== "memory" || told).map((one) => (
        <Drawn key={one.id} shown={one} history={history} />
      ))}
    </div>
  );
}

function Drawn({ shown, history }: { shown: Shown; history: readonly Snapshot[] }) {
  const { t } = useTranslation();
  const { id, readers, digits } = shown;
  const times = useMemo(() => history.map(({ at }) => at), [history]);
  const series = useMemo(
    () => Object.entries(readers).map(([key, reader]): Series => ({ label: t(`admin.info.plot.${id}.${key}`), values: history.map((_, place) => reader(history, place)) })),
    [history, id, readers, t],
  );
  return <Plot title={t(`admin.info.plot.${id}.title`)} unit={t(`admin.info.plot.${id}.unit`)} times={times} series={series} digits={digits} />;
}
