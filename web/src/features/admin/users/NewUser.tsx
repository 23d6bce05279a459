import { useState } from "react";
import { useTranslation } from "@/i18n";
import { useLocation } from "wouter";
import { Button, focusFirstError, Form, FormActions, toast } from "@/ui";
import { explain } from "../parts/explain";
import { Page } from "../parts/Page";
import { createAccount } from "./calls";
import { draftOf, type Problems, problemsOf, whole } from "./form";
import { UserFields } from "./UserForm";
import styles from "../parts/List.module.css";

export function NewUser() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [draft, change] = useState(() => draftOf(undefined));
  const [problems, setProblems] = useState<Problems>({});
  const [state, setState] = useState<{ busy: boolean; error?: string }>({ busy: false });
  const submit = async (form: HTMLFormElement) => {
    const found = problemsOf(draft);
    setProblems(found);
    if (Object.keys(found).length > 0) return focusFirstError(form);
    setState({ busy: true });
    try {
      const user = await createAccount(whole(draft));
      toast({ kind: "success", title: t("admin.users.created", { name: draft.name }) });
      go(`/admin/users/${encodeURIComponent(user._id)}`);
    } catch (thrown) {
      setState({ busy: false, error: explain(thrown) });
    }
  };
  return (
    <Page title={t("admin.users.create")} back="/admin/users">
      <Form className={styles.form} busy={state.busy} error={state.error} onSubmit={(form) => void submit(form)}>
        <UserFields draft={draft} onChange={change} problems={problems} fresh />
        <FormActions>
          <Button variant="primary" type="submit" loading={state.busy}>
            {t("admin.users.createVerb")}
          </Button>
          <Button onClick={() => go("/admin/users")}>{t("ui.cancel")}</Button>
        </FormActions>
      </Form>
    </Page>
  );
}
