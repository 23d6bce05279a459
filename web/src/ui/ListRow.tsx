import type { MouseEventHandler, ReactNode, Ref } from "react";
import { classes } from "./classes";
import styles from "./ListRow.module.css";

export interface ListRowProps {
  title: ReactNode;
  /** Beside the title: a username, a mark. */
  meta?: ReactNode;
  /** Under the title. */
  description?: ReactNode;
  leading?: ReactNode;
  trailing?: ReactNode;
  /** Shown when the row is pointed at or holds the focus; they take the place of `trailing`. */
  actions?: ReactNode;
  selected?: boolean;
  unread?: boolean;
  muted?: boolean;
  /** A link, a button, or neither. */
  href?: string;
  onClick?: MouseEventHandler<HTMLElement>;
  className?: string;
  ref?: Ref<HTMLDivElement>;
}

export function ListRow(props: ListRowProps) {
  const { title, meta, description, leading, trailing, actions, selected, unread, muted, href, onClick, className, ref } = props;
  const marks = { "data-selected": selected || undefined, "data-unread": unread || undefined, "data-muted": muted || undefined };
  const content = (
    <>
      {leading && <span className={styles.leading}>{leading}</span>}
      <span className={styles.text}>
        <span className={styles.line}>
          {/* A name is written in its own direction, whichever way the client is read. */}
          <span dir="auto" className={styles.title}>
            {title}
          </span>
          {meta && (
            <span dir="auto" className={styles.meta}>
              {meta}
            </span>
          )}
        </span>
        {description && (
          <span className={styles.description}>
            <bdi>{description}</bdi>
          </span>
        )}
      </span>
      {trailing && <span className={styles.trailing}>{trailing}</span>}
    </>
  );
  const target = { className: styles.target, "aria-current": selected ? ("true" as const) : undefined, onClick };
  return (
    <div ref={ref} className={classes(styles.row, className)} data-live={Boolean(href ?? onClick) || undefined} {...marks}>
      {href !== undefined && (
        <a href={href} {...target}>
          {content}
        </a>
      )}
      {href === undefined && onClick && (
        <button type="button" {...target}>
          {content}
        </button>
      )}
      {href === undefined && !onClick && <div className={styles.target}>{content}</div>}
      {actions && <span className={styles.actions}>{actions}</span>}
    </div>
  );
}
