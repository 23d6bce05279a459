import type { ReactNode } from "react";
import { useTranslation } from "@/i18n";
import { Icon } from "./Icon";
import { IconButton } from "./IconButton";
import type { IconName } from "./icons";
import styles from "./Banner.module.css";

export type BannerKind = "info" | "success" | "warning" | "danger";

export interface BannerProps {
  kind?: BannerKind;
  icon?: IconName;
  action?: ReactNode;
  onClose?: () => void;
  /** From edge to edge, under a header, without a frame. */
  flush?: boolean;
  children: ReactNode;
}

const signs: Record<BannerKind, IconName> = { info: "info", success: "check-circle", warning: "alert", danger: "alert" };

export function Banner({ kind = "info", icon = signs[kind], action, onClose, flush, children }: BannerProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.banner} data-kind={kind} data-flush={flush || undefined} role={kind === "danger" ? "alert" : "status"}>
      <div className={styles.main}>
        <Icon name={icon} className={styles.icon} />
        <div className={styles.text}>{children}</div>
      </div>
      {action}
      {onClose && <IconButton icon="close" label={t("ui.close")} size="small" onClick={onClose} />}
    </div>
  );
}
