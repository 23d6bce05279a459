import { useId, type ReactNode, type Ref } from "react";
import { useTranslation } from "@/i18n";
import { IconButton } from "./IconButton";
import styles from "./Panel.module.css";

export interface PanelProps {
  title: string;
  /** Under the title: of which room, how many. */
  subtitle?: ReactNode;
  onClose?: () => void;
  onBack?: () => void;
  /** Icon buttons before the closing one. */
  actions?: ReactNode;
  /** Between header and body, standing still: a search field, tabs. */
  toolbar?: ReactNode;
  footer?: ReactNode;
  /** The body brings its own space and scrolling. */
  flush?: boolean;
  ref?: Ref<HTMLElement>;
  children: ReactNode;
}

/** The frame of a side panel: it fills what it is put into. */
export function Panel({ title, subtitle, onClose, onBack, actions, toolbar, footer, flush, ref, children }: PanelProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section ref={ref} aria-labelledby={id} className={styles.panel} tabIndex={-1}>
      <header className={styles.header}>
        {onBack && <IconButton icon="arrow-start" label={t("ui.back")} onClick={onBack} tooltipSide="bottom" />}
        <div className={styles.names}>
          <h2 id={id} className={styles.title}>
            <bdi>{title}</bdi>
          </h2>
          {subtitle && (
            <div className={styles.subtitle}>
              <bdi>{subtitle}</bdi>
            </div>
          )}
        </div>
        {actions}
        {onClose && <IconButton icon="close" label={t("ui.close")} onClick={onClose} shortcut="esc" tooltipSide="bottom" />}
      </header>
      {toolbar && <div className={styles.toolbar}>{toolbar}</div>}
      <div className={flush ? styles.flush : styles.body}>{children}</div>
      {footer && <footer className={styles.footer}>{footer}</footer>}
    </section>
  );
}
