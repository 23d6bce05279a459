import type { ReactNode } from "react";
import styles from "./Gallery.module.css";

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{title}</h2>
      <div className={styles.samples}>{children}</div>
    </section>
  );
}

/** Samples beside each other. */
export function Row({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}

/** Samples in columns as wide as a form. */
export function Columns({ children }: { children: ReactNode }) {
  return <div className={styles.columns}>{children}</div>;
}

/** Samples under each other. */
export function Stack({ children }: { children: ReactNode }) {
  return <div className={styles.samples}>{children}</div>;
}
