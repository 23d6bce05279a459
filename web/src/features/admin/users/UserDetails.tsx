import { useCallback, useState } from "react";
import { useTranslation } from "@/i18n";
import { useMay } from "@/app/store";
import { Avatar, Button, ErrorState, focusFirstError, Form, Icon, SkeletonList } from "@/ui";
import { explain } from "../parts/explain";
import { Facts, Page, Section } from "../parts/Page";
import { useAnswer } from "../parts/useAnswer";
import { full } from "../parts/when";
import { type Account, changeAccount, readAccount } from "./calls";
import { changes, draftOf, type Problems, problemsOf } from "./form";
import { UserActs } from "./UserActs";
import { UserFields } from "./UserForm";
import { StateMark } from "./UserList";
import styles from "../parts/List.module.css";

/** One account: what is known of it, what can be changed, and apart from it what cuts deep. */
export function UserDetails({ id, language }: { id: string; language: string }) {
  const { t } = useTranslation();
  const ask = useCallback(() => readAccount(id), [id]);
  const { data: user, error, again, put } = useAnswer(ask);
  const mayEdit = useMay("edit-other-user-info");
  // A form begins anew when something beside it changed the account.
  const [round, turn] = useState(0);
  const acted = (account: Account, change: Partial<Account>) => {
    put({ ...account, ...change });
    turn(round + 1);
  };
  const title = user ? (user.name ?? user.username ?? user._id) : t("admin.users.one");
  return (
    <Page title={title} back="/admin/users">
      {!user && error && <ErrorState title={t("admin.users.gone")} body={explain(error)} onRetry={again} detail={error.id} />}
      {!user && !error && <SkeletonList rows={6} />}
      {user && (
        <>
          <Head user={user} language={language} />
          {mayEdit && <Edit key={round} user={user} onChange={put} />}
          <UserActs user={user} onChange={(change) => acted(user, change)} />
        </>
      )}
    </Page>
  );
}

function Head({ user, language }: { user: Account; language: string }) {
  const { t } = useTranslation();
  return (
    <>
      <div className={styles.head}>
        <Avatar name={user.name ?? user.username ?? ""} username={user.username} etag={user.avatarETag} size={48} presence={user.status} />
        <div>
          <p>
            <bdi>@{user.username}</bdi>
          </p>
          <StateMark user={user} />
        </div>
      </div>
      <Facts
        facts={[
          [t("admin.users.created_at"), full(user.createdAt, language) || "–"],
          [t("admin.users.lastLogin"), full(user.lastLogin, language) || t("admin.users.never")],
          [t("admin.users.id"), <code key="id">{user._id}</code>],
          ...(user.reason ? [[t("admin.users.reason"), user.reason] as const] : []),
        ]}
      />
    </>
  );
}

function Edit({ user, onChange }: { user: Account; onChange: (user: Account) => void }) {
  const { t } = useTranslation();
  const [draft, change] = useState(() => draftOf(user));
  const [problems, setProblems] = useState<Problems>({});
  const [state, setState] = useState<{ at: "idle" | "saving" | "saved"; error?: string }>({ at: "idle" });
  const changed = changes(user, draft);
  const dirty = Object.keys(changed).length > 0;
  const submit = async (form: HTMLFormElement) => {
    const found = problemsOf(draft);
    setProblems(found);
    if (Object.keys(found).length > 0) return focusFirstError(form);
    if (!dirty) return;
    setState({ at: "saving" });
    try {
      const after = await changeAccount(user._id, changed);
      change({ ...draft, way: "keep", password: "" });
      // Not told by the server, but known.
      onChange({ ...user, ...after, requirePasswordChange: draft.mustChange });
      setState({ at: "saved" });
    } catch (thrown) {
      setState({ at: "idle", error: explain(thrown) });
    }
  };
  return (
    <Section title={t("admin.users.edit")}>
      <Form className={styles.form} busy={state.at === "saving"} error={state.error} onSubmit={(form) => void submit(form)}>
        <UserFields draft={draft} onChange={change} problems={problems} fresh={false} />
        <div className={styles.formEnd}>
          <Button variant="primary" type="submit" loading={state.at === "saving"} disabled={!dirty}>
            {t("admin.users.save")}
          </Button>
          <output className={styles.saved}>
            {state.at === "saved" && !dirty && (
              <>
                <Icon name="check" size="small" />
                {t("admin.settings.saved")}
              </>
            )}
          </output>
        </div>
      </Form>
    </Section>
  );
}
