import { useTranslation } from "@/i18n";
import { IconButton } from "@/ui";
import styles from "./List.module.css";

interface PagerProps {
  offset: number;
  /** How many are shown at once. */
  size: number;
  total: number;
  onMove: (offset: number) => void;
}

/** Which of how many are shown, and the way to the others. */
export function Pager({ offset, size, total, onMove }: PagerProps) {
  const { t } = useTranslation();
  if (total === 0) return null;
  const last = Math.min(offset + size, total);
  return (
    <nav className={styles.pager} aria-label={t("admin.pager.label")}>
      <output>{t("admin.pager.shown", { from: offset + 1, to: last, total })}</output>
      <IconButton icon="chevron-start" label={t("admin.pager.earlier")} disabled={offset === 0} onClick={() => onMove(Math.max(0, offset - size))} />
      <IconButton icon="chevron-end" label={t("admin.pager.later")} disabled={last >= total} onClick={() => onMove(offset + size)} />
    </nav>
  );
}
