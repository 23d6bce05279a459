import { useEffect, useState } from "react";
import { useTranslation } from "@/i18n";
import { explain } from "@/app/explain";
import { useWorkspace } from "@/app/store";
import { answered, rest } from "@/lib/api/rest";
import { call } from "@/lib/client/link";
import { asCallError } from "@/lib/ddp/errors";
import { digestOf } from "@/lib/digest";
import { Button, Form, FormActions, focusFirstError, Icon, PasswordField } from "@/ui";
import { type Rule, rulesOf, type ToldRule } from "./policy";
import { Saved } from "./ProfilePage";
import styles from "./parts.module.css";

/** What a new password must be like. Without an answer the server still says what is wrong. */
function useRules(): readonly Rule[] {
  const [rules, setRules] = useState<readonly Rule[]>([]);
  useEffect(() => {
    answered(rest.GET("/api/v1/pw.getPolicy")).then(
      ({ policy }) => setRules(rulesOf((policy ?? []) as unknown as ToldRule[])),
      () => {},
    );
  }, []);
  return rules;
}

type Wrong = Partial<Record<"old" | "fresh" | "again" | "form", string>>;

const blank = { old: "", fresh: "", again: "" };

export function PasswordForm() {
  const { t } = useTranslation();
  const username = useWorkspace((state) => state.me?.username);
  const rules = useRules();
  const [form, setForm] = useState(blank);
  const [wrong, setWrong] = useState<Wrong>({});
  const [fate, setFate] = useState<"busy" | "saved">();
  const set = (key: keyof typeof blank) => (event: { target: { value: string } }) => {
    setFate(undefined);
    setForm({ ...form, [key]: event.target.value });
  };
  const check = (): Wrong => ({
    ...(!form.old && { old: t("errors.ids.totp-required") }),
    ...(!form.fresh && { fresh: t("account.password.missing") }),
    ...(form.fresh && rules.some((rule) => !rule.kept(form.fresh)) && { fresh: t("errors.ids.error-password-policy-not-met") }),
    ...(form.fresh !== form.again && { again: t("account.password.unlike") }),
  });
  const submit = async (element: HTMLFormElement) => {
    const found = check();
    setWrong(found);
    if (Object.keys(found).length > 0) return focusFirstError(element);
    setFate("busy");
    try {
      await call("changePassword", { digest: digestOf(form.old), algorithm: "sha-256" }, form.fresh);
      setForm(blank);
      setFate("saved");
    } catch (thrown) {
      setFate(undefined);
      const { id } = asCallError(thrown);
      const field = id.startsWith("totp") ? "old" : id.startsWith("error-password") ? "fresh" : "form";
      setWrong({ [field]: explain(thrown) });
      focusFirstError(element);
    }
  };
  return (
    <Form busy={fate === "busy"} error={wrong.form} onSubmit={(element) => void submit(element)}>
      {/* For password managers, which want to know whose it is. */}
      <input type="text" name="username" autoComplete="username" value={username ?? ""} readOnly hidden />
      <PasswordField label={t("account.password.old")} autoComplete="current-password" value={form.old} onChange={set("old")} error={wrong.old} />
      <PasswordField label={t("account.password.fresh")} autoComplete="new-password" value={form.fresh} onChange={set("fresh")} error={wrong.fresh} />
      <Rules rules={rules} password={form.fresh} />
      <PasswordField label={t("account.password.again")} autoComplete="new-password" value={form.again} onChange={set("again")} error={wrong.again} />
      <p className={styles.meta}>{t("account.password.ends")}</p>
      <FormActions>
        <Button type="submit" variant="primary" loading={fate === "busy"}>
          {t("account.password.change")}
        </Button>
        <Saved shown={fate === "saved"} />
      </FormActions>
    </Form>
  );
}

function Rules({ rules, password }: { rules: readonly Rule[]; password: string }) {
  const { t } = useTranslation();
  if (rules.length === 0) return null;
  return (
    <ul className={styles.rules} aria-label={t("account.password.rules")}>
      {rules.map((rule) => {
        const kept = password !== "" && rule.kept(password);
        return (
          <li key={rule.name} className={styles.rule} data-kept={kept}>
            <Icon name={kept ? "check" : "minus"} size="small" />
            {t(`account.policy.${rule.name}`, { count: rule.count })}
          </li>
        );
      })}
    </ul>
  );
}
