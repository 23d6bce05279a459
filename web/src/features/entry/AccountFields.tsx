import { useEffect, useRef } from "react";
import { useTranslation } from "@/i18n";
import { PasswordField, TextField } from "@/ui";
import type { Account, AccountErrors, FieldName } from "./account";
import type { Failure } from "./failures";
import { PasswordRules } from "./PasswordRules";
import { suggestedUsername } from "./rules";

interface Props {
  account: Account;
  onChange: (account: Account) => void;
  wrong: AccountErrors;
  form: { say: (field?: Failure["field"]) => string | undefined; clear: () => void };
}

/** The four things that an account is made of. */
export function AccountFields({ account, onChange: tell, wrong, form }: Props) {
  const { t } = useTranslation();
  const onChange = (changed: Account) => {
    form.clear();
    tell(changed);
  };
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const say = (field: FieldName) => {
    const key = wrong[field];
    return key ? t(`entry.errors.${key}`) : form.say(field);
  };
  const named = (name: string) => onChange({ ...account, name, username: account.chosen ? account.username : suggestedUsername(name) });
  return (
    <>
      <TextField ref={first} label={t("entry.name")} name="name" autoComplete="name" value={account.name} error={say("name")} onChange={(event) => named(event.target.value)} />
      <TextField
        label={t("entry.username")}
        name="username"
        prefix="@"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={account.username}
        error={say("username")}
        onChange={(event) => onChange({ ...account, username: event.target.value.trim(), chosen: event.target.value !== "" })}
      />
      <TextField
        label={t("entry.email")}
        name="email"
        type="email"
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        value={account.email}
        error={say("email")}
        onChange={(event) => onChange({ ...account, email: event.target.value })}
      />
      <PasswordField
        label={t("entry.password")}
        name="password"
        autoComplete="new-password"
        hint={<PasswordRules password={account.password} />}
        value={account.password}
        error={say("password")}
        onChange={(event) => onChange({ ...account, password: event.target.value })}
      />
    </>
  );
}
