import { useTranslation } from "@/i18n";
import { useWorkspace } from "@/app/store";
import { Banner, Button, Dialog, toast } from "@/ui";
import styles from "./parts.module.css";

export interface Secret {
  name: string;
  token: string;
}

/** Shows a token, this once. */
export function SecretDialog({ secret, onClose }: { secret: Secret | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const uid = useWorkspace((state) => state.session?.uid);
  if (!secret) return null;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret.token);
      toast({ title: t("account.tokens.copied") });
    } catch {
      toast({ kind: "danger", title: t("account.tokens.copyFailed") });
    }
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      keepOpen
      title={t("account.tokens.secretTitle", { name: secret.name })}
      footer={
        <>
          <Button onClick={onClose}>{t("account.tokens.done")}</Button>
          <Button variant="primary" icon="copy" onClick={() => void copy()}>
            {t("account.tokens.copy")}
          </Button>
        </>
      }
    >
      <Banner kind="warning">{t("account.tokens.once")}</Banner>
      <code className={styles.secret}>{secret.token}</code>
      <p className={styles.meta}>{t("account.tokens.use", { uid })}</p>
    </Dialog>
  );
}
