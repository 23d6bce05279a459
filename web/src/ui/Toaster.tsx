import { Toast as Base } from "@base-ui/react/toast";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import { Icon } from "./Icon";
import { IconButton } from "./IconButton";
import { toasts } from "./toast";
import styles from "./Toaster.module.css";

/** Once, at the root. */
export function Toaster() {
  const { t } = useTranslation();
  return (
    <Base.Provider toastManager={toasts} limit={3}>
      <Base.Portal>
        <Base.Viewport className={styles.viewport} aria-label={t("ui.notices")}>
          <List />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function List() {
  const { t } = useTranslation();
  const { toasts: shown } = Base.useToastManager();
  return shown.map((toast) => (
    <Base.Root key={toast.id} toast={toast} className={styles.toast} swipeDirection={["down", "right", "left"]}>
      {toast.type === "danger" && <Icon name="alert" className={styles.danger} />}
      {toast.type === "success" && <Icon name="check-circle" className={styles.success} />}
      <Base.Content className={styles.content}>
        <Base.Title className={styles.title} render={<p />} />
        <Base.Description className={styles.description} />
      </Base.Content>
      {toast.actionProps && <Base.Action render={<Button size="small">{toast.actionProps.children}</Button>} />}
      <Base.Close render={<IconButton icon="close" label={t("ui.close")} size="small" />} />
    </Base.Root>
  ));
}
