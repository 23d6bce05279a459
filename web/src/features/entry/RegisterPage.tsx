import { useEffect, useState } from "react";
import { useTranslation } from "@/i18n";
import { Link } from "wouter";
import { paths } from "@/app/paths";
import { useSetting, useWorkspace } from "@/app/store";
import { ask } from "@/lib/client/link";
import { logIn, register } from "@/lib/client/session";
import { Button, Form, focusFirstError, SkeletonList, TextArea } from "@/ui";
import { type Account, type AccountErrors, emptyAccount, wrongIn } from "./account";
import { AccountFields } from "./AccountFields";
import { EntryFrame, useSiteName } from "./EntryFrame";
import { useSubmit } from "./useSubmit";

type Door = "loading" | "open" | "closed" | "bad-link";

/** Whether somebody may register here: openly, by a secret address, by an invitation, which the server looks at, or not. */
function useDoor(secret: string | undefined, invited: boolean): Door {
  const form = useSetting("Accounts_RegistrationForm");
  const connected = useWorkspace((state) => state.link.at === "open");
  const [right, setRight] = useState<boolean>();
  useEffect(() => {
    if (form !== "Secret URL" || secret === undefined || !connected) return;
    let gone = false;
    ask("checkRegistrationSecretURL", secret)
      .then((answer) => !gone && setRight(answer))
      .catch(() => {});
    return () => {
      gone = true;
    };
  }, [form, secret, connected]);
  if (form === undefined) return "loading";
  if (form === "Public") return "open";
  if (form === "Secret URL" && invited) return "open";
  if (form !== "Secret URL" || secret === undefined) return "closed";
  return right === undefined ? "loading" : right ? "open" : "bad-link";
}

/** Making an account. */
export function RegisterPage({ secret, invite }: { secret?: string; invite?: string }) {
  const { t } = useTranslation();
  const site = useSiteName();
  const door = useDoor(secret, invite !== undefined);
  const [waits, setWaits] = useState(false);
  if (waits) return <Waits invite={invite} />;
  if (door === "closed" || door === "bad-link") {
    return (
      <EntryFrame title={t(`entry.register.${door}.title`)} lead={t(`entry.register.${door}.body`)}>
        <ToLogin invite={invite} />
      </EntryFrame>
    );
  }
  return (
    <EntryFrame title={t("entry.register.title", { site })}>
      {door === "loading" ? <SkeletonList rows={4} /> : <RegisterForm secret={secret ?? invite} onWait={() => setWaits(true)} />}
      <ToLogin invite={invite} />
    </EntryFrame>
  );
}

function RegisterForm({ secret, onWait }: { secret?: string; onWait: () => void }) {
  const { t } = useTranslation();
  const settings = useWorkspace((state) => state.settings);
  const approval = settings.get("Accounts_ManuallyApproveNewUsers") === true;
  const [account, setAccount] = useState<Account>(emptyAccount);
  const [tried, setTried] = useState(false);
  const found = wrongIn(account, settings);
  const wrong: AccountErrors = tried ? found : {};
  const [reason, setReason] = useState("");
  const form = useSubmit();
  const send = (element: HTMLFormElement) => {
    setTried(true);
    if (Object.keys(found).length > 0) return focusFirstError(element);
    void form
      .submit(async () => {
        const { name, username, email, password } = account;
        await register({ name: name.trim(), username, email: email.trim(), pass: password, secretURL: secret, reason: approval ? reason : undefined });
        if (approval) return onWait();
        await logIn(username, password);
      })
      .then(() => focusFirstError(element));
  };
  return (
    <Form onSubmit={send} busy={form.busy} error={form.say()}>
      <AccountFields account={account} onChange={setAccount} wrong={wrong} form={form} />
      {approval && (
        <TextArea label={t("entry.register.reason")} hint={t("entry.register.reasonHint")} optional={t("entry.optional")} value={reason} onChange={(event) => setReason(event.target.value)} />
      )}
      <Button type="submit" variant="primary" wide loading={form.busy}>
        {t("entry.register.act")}
      </Button>
    </Form>
  );
}

/** The account is there, and somebody has to let it in. */
function Waits({ invite }: { invite: string | undefined }) {
  const { t } = useTranslation();
  return (
    <EntryFrame title={t("entry.register.waits.title")} lead={t("entry.register.waits.body")}>
      <ToLogin invite={invite} />
    </EntryFrame>
  );
}

export function ToLogin({ invite }: { invite?: string }) {
  const { t } = useTranslation();
  return (
    <p>
      <Link href={invite === undefined ? paths.login : paths.invited(invite, "login")}>{t("entry.toLogin")}</Link>
    </p>
  );
}
