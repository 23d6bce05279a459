import { useEffect, useRef } from "react";
import { useTranslation } from "@/i18n";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { SPAN } from "./useMetrics";
import styles from "./Workspace.module.css";

export interface Series {
  label: string;
  values: readonly (number | null)[];
}

interface PlotProps {
  title: string;
  /** Written behind values. */
  unit: string;
  /** Seconds. */
  times: readonly number[];
  /** One or two. */
  series: readonly Series[];
  digits?: number;
}

const HEIGHT = 150;

/** The shortest span that is drawn, in seconds. */
const FIRST = 60;

/** A token's colour as the canvas needs it: custom properties keep both themes, properties are resolved. */
function colour(probe: HTMLElement, role: "line" | "text" | "first" | "second"): string {
  probe.dataset.role = role;
  return getComputedStyle(probe).color;
}

function axes(probe: HTMLElement, write: (value: number) => string, language: string): uPlot.Axis[] {
  const common = {
    stroke: () => colour(probe, "text"),
    grid: { stroke: () => colour(probe, "line"), width: 1 },
    ticks: { show: false },
    font: getComputedStyle(probe).font,
  };
  const minutes = new Intl.DateTimeFormat(language, { timeStyle: "short" });
  const seconds = new Intl.DateTimeFormat(language, { timeStyle: "medium" });
  const times = (marks: number[]) => marks.map((mark) => ((marks[1] ?? 60) - (marks[0] ?? 0) < 60 ? seconds : minutes).format(mark * 1_000));
  return [
    { ...common, space: 80, size: 28, values: (_, marks) => times(marks) },
    { ...common, space: 32, size: 52, values: (_, marks) => marks.map(write) },
  ];
}

function made(box: HTMLElement, probe: HTMLElement, series: readonly Series[], write: (value: number) => string, language: string): uPlot {
  const lines = series.map(({ label }, place): uPlot.Series => ({
    label,
    stroke: () => colour(probe, place === 0 ? "first" : "second"),
    width: 1.5,
    // What is told apart by colour is told apart by dashes too.
    dash: place === 0 ? undefined : [4, 3],
    points: { show: false },
  }));
  const options: uPlot.Options = {
    width: box.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      // A minute at first, growing with what is known.
      x: { time: true, range: (_, first, last) => [last - Math.min(Math.max(last - first, FIRST), SPAN), last] },
      // From nothing on: a line that is high is much.
      y: { range: (_, __, most) => [0, Math.max((most ?? 0) * 1.15, 1)] },
    },
    axes: axes(probe, write, language),
    series: [{}, ...lines],
  };
  return new uPlot(options, undefined, box);
}

/** A figure over the last ten minutes, with its value of now in words. */
export function Plot({ title, unit, times, series, digits = 0 }: PlotProps) {
  const { i18n } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const probe = useRef<HTMLSpanElement>(null);
  const plot = useRef<uPlot>(undefined);
  const names = series.map(({ label }) => label).join("\n");
  useEffect(() => {
    const [outer, role] = [box.current, probe.current];
    if (!outer || !role) return;
    const shown = names.split("\n").map((label) => ({ label, values: [] }));
    const write = (value: number) => value.toLocaleString(i18n.language, { maximumFractionDigits: 2 });
    const chart = made(outer, role, shown, write, i18n.language);
    plot.current = chart;
    const sized = new ResizeObserver(() => chart.setSize({ width: outer.clientWidth, height: HEIGHT }));
    sized.observe(outer);
    const redraw = () => chart.redraw(false);
    const themed = new MutationObserver(redraw);
    themed.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    const system = matchMedia("(prefers-color-scheme: dark)");
    system.addEventListener("change", redraw);
    return () => {
      sized.disconnect();
      themed.disconnect();
      system.removeEventListener("change", redraw);
      chart.destroy();
    };
  }, [names, i18n.language]);
  useEffect(() => {
    plot.current?.setData([[...times], ...series.map(({ values }) => [...values])] as uPlot.AlignedData);
  });
  return (
    <figure className={styles.plot}>
      <figcaption className={styles.caption}>
        <span className={styles.plotTitle}>{title}</span>
        {series.map(({ label, values }, place) => (
          <span key={label} className={styles.legend} data-place={place}>
            {label} <b>{shownValue(values.at(-1), digits, i18n.language)}</b> {typeof values.at(-1) === "number" && unit}
          </span>
        ))}
      </figcaption>
      <div ref={box} className={styles.canvas} aria-hidden="true" dir="ltr" />
      <span ref={probe} className={styles.probe} aria-hidden="true" />
    </figure>
  );
}

function shownValue(value: number | null | undefined, digits: number, language: string): string {
  return value === null || value === undefined ? "–" : value.toLocaleString(language, { maximumFractionDigits: digits });
}
