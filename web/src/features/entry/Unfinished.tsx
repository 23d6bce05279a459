// Accounts that must do one thing before they may go on.

import { useEffect, useRef, useState } from "react";
import { useTranslation } from "@/i18n";
import { useWorkspace } from "@/app/store";
import { ask, call } from "@/lib/client/link";
import { logOut } from "@/lib/client/session";
import { now, store } from "@/lib/store/state";
import type { User } from "@/lib/protocol/documents";
import { Button, Form, PasswordField, TextField } from "@/ui";
import { EntryFrame } from "./EntryFrame";
import { PasswordRules } from "./PasswordRules";
import { isPassword, isUsername } from "./rules";
import { useSubmit } from "./useSubmit";

function changeMe(changes: Partial<User>): void {
  now((draft) => {
    const { me } = store.getState();
    if (me) draft.set("me", { ...me, ...changes });
  });
}

function Leave() {
  const { t } = useTranslation();
  return (
    <Button variant="ghost" wide onClick={() => void logOut()}>
      {t("entry.logOut")}
    </Button>
  );
}

/** An administrator asked for a new password. */
export function ChoosePassword() {
  const { t } = useTranslation();
  const settings = useWorkspace((state) => state.settings);
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const weak = !isPassword(settings, password);
  const form = useSubmit();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const send = () => {
    setTried(true);
    if (weak) return field.current?.focus();
    void form.submit(async () => {
      await call("setUserPassword", password);
      changeMe({ requirePasswordChange: false });
    });
  };
  return (
    <EntryFrame title={t("entry.choosePassword.title")} lead={t("entry.choosePassword.lead")}>
      <Form onSubmit={send} busy={form.busy} error={form.say()}>
        <PasswordField
          ref={field}
          label={t("entry.choosePassword.field")}
          autoComplete="new-password"
          hint={<PasswordRules password={password} />}
          value={password}
          error={tried && weak ? t("entry.errors.policy") : form.say("password")}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button type="submit" variant="primary" wide loading={form.busy}>
          {t("entry.choosePassword.act")}
        </Button>
        <Leave />
      </Form>
    </EntryFrame>
  );
}

/** An account without a user name: made by a program, or by another way in. */
export function ChooseUsername({ name }: { name: string }) {
  const { t } = useTranslation();
  const settings = useWorkspace((state) => state.settings);
  const [username, setUsername] = useState("");
  const [tried, setTried] = useState(false);
  const wrong = !isUsername(settings, username);
  const form = useSubmit();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    ask("getUsernameSuggestion")
      .then((suggestion) => suggestion && setUsername((typed) => typed || suggestion))
      .catch(() => {});
  }, []);
  const send = () => {
    setTried(true);
    if (wrong) return field.current?.focus();
    void form.submit(async () => {
      await call("setUsername", username);
      changeMe({ username });
    });
  };
  return (
    <EntryFrame title={name ? t("entry.chooseUsername.titleFor", { name }) : t("entry.chooseUsername.title")} lead={t("entry.chooseUsername.lead")}>
      <Form onSubmit={send} busy={form.busy} error={form.say()}>
        <TextField
          ref={field}
          label={t("entry.username")}
          prefix="@"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={username}
          error={tried && wrong ? t("entry.errors.username") : form.say("username")}
          onChange={(event) => setUsername(event.target.value.trim())}
        />
        <Button type="submit" variant="primary" wide loading={form.busy}>
          {t("entry.chooseUsername.act")}
        </Button>
        <Leave />
      </Form>
    </EntryFrame>
  );
}
