import { useTranslation } from "@/i18n";
import { classes } from "./classes";
import styles from "./PresenceDot.module.css";

export type Presence = "online" | "away" | "busy" | "offline";

export interface PresenceDotProps {
  status: Presence;
  /** Read out instead of the status; `null` where the text beside it says it. */
  label?: string | null;
  className?: string;
}

/** Full, a crescent, barred, hollow: the shape says it, the colour only helps. */
const shapes: Record<Presence, string> = {
  online: "M5 1a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z",
  away: "M4.2 1.08A3.2 3.2 0 0 0 8.92 5.8 4 4 0 1 1 4.2 1.08Z",
  busy: "M5 1a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM2.9 4.3h4.2v1.4H2.9Z",
  offline: "M5 1a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM5 2.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5Z",
};

export function PresenceDot({ status, label, className }: PresenceDotProps) {
  const { t } = useTranslation();
  const name = label === undefined ? t(`ui.presence.${status}`) : label;
  return (
    <svg
      viewBox="0 0 10 10"
      data-status={status}
      className={classes(styles.dot, className)}
      {...(name === null ? { "aria-hidden": true } : { role: "img", "aria-label": name })}
    >
      <path d={shapes[status]} fillRule="evenodd" />
    </svg>
  );
}
