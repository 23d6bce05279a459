import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactNode, RefObject } from "react";
import { useTranslation } from "@/i18n";
import { IconButton } from "../IconButton";
import styles from "./Dialog.module.css";

/** What has the focus once it is closed: an element, what had it before (`true`), or what was given it by then (`false`). */
export type FinalFocus = () => HTMLElement | boolean;

interface DialogFrameProps {
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  footer?: ReactNode;
  size: "small" | "medium" | "large";
  initialFocus?: RefObject<HTMLElement | null>;
  finalFocus?: FinalFocus;
  closable?: boolean;
}

/** What is drawn of a dialog; what keeps it open is around it. */
export function DialogFrame({ title, description, children, footer, size, initialFocus, finalFocus, closable }: DialogFrameProps) {
  const { t } = useTranslation();
  return (
    <Base.Portal>
      <Base.Backdrop className={styles.backdrop} />
      <Base.Viewport className={styles.viewport}>
        <Base.Popup className={styles.popup} data-size={size} initialFocus={initialFocus} finalFocus={finalFocus}>
          <header className={styles.header} data-closable={closable || undefined}>
            <Base.Title className={styles.title}>{title}</Base.Title>
          </header>
          <div className={styles.body}>
            {description && (
              <Base.Description render={<div />} className={styles.description}>
                {description}
              </Base.Description>
            )}
            {children}
          </div>
          {footer && <footer className={styles.footer}>{footer}</footer>}
          {/* Last, though drawn at the top: what opens with the dialog has the focus, not what shuts it. */}
          {closable && <Base.Close render={<IconButton icon="close" label={t("ui.close")} size="small" className={styles.close} />} />}
        </Base.Popup>
      </Base.Viewport>
    </Base.Portal>
  );
}
