import type { ReactNode } from "react";
import { useTranslation } from "@/i18n";
import { Button } from "./Button";
import { Disclosure } from "./Disclosure";
import { Icon } from "./Icon";
import styles from "./State.module.css";

export interface ErrorStateProps {
  /** What happened. */
  title: string;
  /** Whether it is the page, and its title the page's heading. */
  page?: boolean;
  /** What was kept, and what to do. */
  body?: ReactNode;
  onRetry?: () => void;
  retrying?: boolean;
  /** For who looks into it: the error's id, the request's id. Folded away. */
  detail?: string;
}

export function ErrorState({ title, page, body, onRetry, retrying, detail }: ErrorStateProps) {
  const { t } = useTranslation();
  const Title = page ? "h1" : "p";
  return (
    <div className={styles.state} data-page={page} role="alert">
      <Icon name="alert" className={styles.alarm} />
      <Title className={styles.title}>{title}</Title>
      {body && <div className={styles.body}>{body}</div>}
      {onRetry && (
        <div className={styles.action}>
          <Button icon="refresh" loading={retrying} onClick={onRetry}>
            {t("ui.retry")}
          </Button>
        </div>
      )}
      {detail && (
        <div className={styles.detail}>
          <Disclosure title={t("ui.detail")}>
            <pre className={styles.code}>{detail}</pre>
          </Disclosure>
        </div>
      )}
    </div>
  );
}
