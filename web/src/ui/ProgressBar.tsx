import { useId, type CSSProperties } from "react";
import styles from "./ProgressBar.module.css";

export interface ProgressBarProps {
  label: string;
  hideLabel?: boolean;
  /** From 0 to 1; `null` while nobody knows. */
  value: number | null;
  /** Instead of the percentage: "3 of 12 MB". */
  valueText?: string;
}

export function ProgressBar({ label, hideLabel, value, valueText }: ProgressBarProps) {
  const id = useId();
  const percent = value === null ? undefined : Math.round(value * 100);
  const text = valueText ?? (percent === undefined ? undefined : `${percent} %`);
  return (
    <div className={styles.progress}>
      <bdi id={id} className={hideLabel ? "sr-only" : undefined}>
        {label}
      </bdi>
      {!hideLabel && text && <bdi className={styles.value}>{text}</bdi>}
      {/* Not `progress`: no two browsers let it be drawn alike. */}
      <div
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
        role="progressbar"
        aria-labelledby={id}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={text}
        className={styles.track}
      >
        <div className={styles.bar} data-unknown={value === null || undefined} style={{ "--done": `${percent ?? 0}%` } as CSSProperties} />
      </div>
    </div>
  );
}
