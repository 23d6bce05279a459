import { useTranslation } from "@/i18n";
import styles from "./Badge.module.css";

export interface BadgeProps {
  count?: number;
  /** `mention` and `unread` count or mark what is new; the rest say a word. */
  kind?: "mention" | "unread" | "neutral" | "accent" | "success" | "warning" | "danger";
  /** A word instead of a number: "Draft", "Admin", "Read only". */
  children?: string;
}

/** Exact to 999, then in thousands. */
export function shortCount(count: number): string {
  return count < 1000 ? String(count) : `${Math.floor(count / 1000)}k`;
}

export function Badge({ count, kind = "neutral", children }: BadgeProps) {
  const { t } = useTranslation();
  if (children !== undefined) return <span className={styles.word} data-kind={kind}>{children}</span>;
  if (!count) return null;
  const name = t(kind === "mention" ? "ui.mentions" : "ui.unread", { count });
  return (
    <span className={styles.badge} data-kind={kind}>
      <span aria-hidden="true">{kind === "unread" ? "" : shortCount(count)}</span>
      <span className="sr-only">{name}</span>
    </span>
  );
}
