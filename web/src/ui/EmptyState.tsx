import type { ReactNode } from "react";
import { Icon } from "./Icon";
import type { IconName } from "./icons";
import styles from "./State.module.css";

export interface EmptyStateProps {
  icon?: IconName;
  /** What this is. */
  title: string;
  body?: ReactNode;
  /** The one next step. */
  action?: ReactNode;
}

export function EmptyState({ icon, title, body, action }: EmptyStateProps) {
  return (
    <div className={styles.state}>
      {icon && <Icon name={icon} className={styles.icon} />}
      <p className={styles.title}>{title}</p>
      {body && <div className={styles.body}>{body}</div>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}
