import styles from "./Spinner.module.css";

/** Only inside a control that was pressed; elsewhere a skeleton or the old content stays. */
export function Spinner() {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className={styles.spinner}>
      <circle cx="10" cy="10" r="7" className={styles.track} />
      <path d="M10 3a7 7 0 0 1 7 7" />
    </svg>
  );
}
