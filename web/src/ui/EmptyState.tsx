import type { ReactNode } from "react";
import { Icon } from "./Icon";
import type { IconName } from "./icons";
import styles from "./State.module.css";

export interface EmptyStateProps {
  icon?: IconName;
  /** What this is. */
  title: string;
  /** Whether it is the page, and its title the page's heading. */
  page?: boolean;
  body?: ReactNode;
  /** The one next step. */
  action?: ReactNode;
}

export function EmptyState({ icon, title, page, body, action }: EmptyStateProps) {
  const Title = page ? "h1" : "p";
  return (
    <div className={styles.state} data-page={page}>
      {icon && <Icon name={icon} className={styles.icon} />}
      <Title className={styles.title}>{title}</Title>
      {body && <div className={styles.body}>{body}</div>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}
