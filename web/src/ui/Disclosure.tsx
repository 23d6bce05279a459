import type { ReactNode } from "react";
import { Icon } from "./Icon";
import styles from "./Disclosure.module.css";

export interface DisclosureProps {
  title: ReactNode;
  /** At the end of the line: a count, a state. */
  trailing?: ReactNode;
  defaultOpen?: boolean;
  children: ReactNode;
}

/** The browser's own: it opens by itself when what is searched on the page is within. */
export function Disclosure({ title, trailing, defaultOpen, children }: DisclosureProps) {
  return (
    <details open={defaultOpen}>
      <summary className={styles.trigger}>
        <span className={styles.arrow}>
          <Icon name="chevron-end" size="small" />
        </span>
        <span className={styles.title}>{title}</span>
        {trailing && <span className={styles.trailing}>{trailing}</span>}
      </summary>
      <div className={styles.panel}>{children}</div>
    </details>
  );
}
