import { Progress as Base } from "@base-ui/react/progress";
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
  const percent = value === null ? null : Math.round(value * 100);
  return (
    <Base.Root value={percent} aria-valuetext={valueText} className={styles.progress}>
      <Base.Label className={hideLabel ? "sr-only" : styles.label}>{label}</Base.Label>
      {!hideLabel && <Base.Value className={styles.value}>{(shown) => valueText ?? (percent === null ? null : shown)}</Base.Value>}
      <Base.Track className={styles.track}>
        <Base.Indicator className={styles.bar} />
      </Base.Track>
    </Base.Root>
  );
}
