import { useState } from "react";
import { useTranslation } from "@/i18n";
import { explained } from "@/app/explain";
import { useMay, useSetting } from "@/app/store";
import { logOutOthers } from "@/lib/client/session";
import { Button, ConfirmDialog, toast } from "@/ui";
import { Group } from "./parts";
import { PasswordForm } from "./PasswordForm";
import { Tokens } from "./Tokens";
import styles from "./parts.module.css";

export function SecurityPage() {
  const { t } = useTranslation();
  const changes = useSetting("Accounts_AllowPasswordChange") !== false;
  const makesTokens = useMay("create-personal-access-tokens");
  return (
    <>
      {changes && (
        <Group title={t("account.password.title")}>
          <PasswordForm />
        </Group>
      )}
      <Group title={t("account.sessions.title")} hint={t("account.sessions.hint")}>
        <Sessions />
      </Group>
      {makesTokens && (
        <Group title={t("account.tokens.title")} hint={t("account.tokens.hint")}>
          <Tokens />
        </Group>
      )}
    </>
  );
}

function Sessions() {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const end = async () => {
    await explained(logOutOthers());
    toast({ kind: "success", title: t("account.sessions.done") });
  };
  return (
    <div className={styles.row}>
      <Button icon="log-out" onClick={() => setAsking(true)}>
        {t("account.sessions.end")}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("account.sessions.ask")}
        body={t("account.sessions.body")}
        confirmLabel={t("account.sessions.confirm")}
        danger
        onConfirm={end}
      />
    </div>
  );
}
