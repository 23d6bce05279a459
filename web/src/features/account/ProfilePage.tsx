import { useState } from "react";
import { useTranslation } from "@/i18n";
import { explain } from "@/app/explain";
import { useSetting, useWorkspace } from "@/app/store";
import { answered, rest } from "@/lib/api/rest";
import { asCallError } from "@/lib/ddp/errors";
import type { User } from "@/lib/protocol/documents";
import { now, store } from "@/lib/store/state";
import { digestOf } from "@/lib/digest";
import { Avatar, Banner, Button, Form, FormActions, Icon, PasswordField, SkeletonList, TextArea, TextField } from "@/ui";
import { Group } from "./parts";
import { changesOf, type ProfileForm, profileOf } from "./profileForm";
import styles from "./parts.module.css";

export function ProfilePage() {
  const me = useWorkspace((state) => state.me);
  // The form begins with what the account is then, and keeps what was typed when something of it changes elsewhere.
  return me ? <Fields me={me} /> : <SkeletonList rows={5} />;
}

/** What the administrator lets people change about themselves. */
function useAllowed() {
  const any = useSetting("Accounts_AllowUserProfileChange") !== false;
  const name = useSetting("Accounts_AllowRealNameChange") !== false;
  const username = useSetting("Accounts_AllowUsernameChange") !== false;
  const email = useSetting("Accounts_AllowEmailChange") !== false;
  return { any, name: any && name, username: any && username, email: any && email };
}

async function save(changes: Partial<ProfileForm>, password: string): Promise<void> {
  const proof = changes.email === undefined ? {} : { currentPassword: digestOf(password) };
  const { user } = await answered(rest.POST("/api/v1/users.updateOwnBasicInfo", { body: { data: { ...changes, ...proof } } }));
  const { me } = store.getState();
  if (me) now((draft) => draft.set("me", { ...me, ...(user as unknown as User), settings: me.settings }));
}

function Fields({ me }: { me: User }) {
  const { t } = useTranslation();
  const allowed = useAllowed();
  const [form, setForm] = useState(() => profileOf(me));
  const [password, setPassword] = useState("");
  const [fate, setFate] = useState<"busy" | "saved">();
  const [failure, setFailure] = useState<{ field: string | undefined; text: string }>();
  const changes = changesOf(form, profileOf(me));
  const proves = changes.email !== undefined;
  const set = (key: keyof ProfileForm) => (event: { target: { value: string } }) => {
    setFate(undefined);
    setForm({ ...form, [key]: event.target.value });
  };
  const submit = async () => {
    if (proves && !password) return setFailure({ field: "password", text: t("errors.ids.totp-required") });
    setFate("busy");
    setFailure(undefined);
    try {
      if (Object.keys(changes).length > 0) await save(changes, password);
      setPassword("");
      setFate("saved");
    } catch (thrown) {
      setFate(undefined);
      setFailure({ field: fieldOf(asCallError(thrown).id, changes), text: explain(thrown) });
    }
  };
  const wrong = (field: string) => (failure?.field === field ? failure.text : undefined);
  const name = me.name || me.username || "";
  return (
    <Group>
      {!allowed.any && <Banner>{t("account.profile.locked")}</Banner>}
      <div className={styles.row}>
        <Avatar name={name} username={me.username} etag={me.avatarETag} size={48} />
      </div>
      <Form busy={fate === "busy"} error={failure && failure.field === undefined ? failure.text : undefined} onSubmit={() => void submit()}>
        <TextField label={t("account.profile.name")} value={form.name} onChange={set("name")} disabled={!allowed.name} error={wrong("name")} autoComplete="name" maxLength={120} />
        <TextField
          label={t("account.profile.username")}
          hint={t("account.profile.usernameHint")}
          prefix="@"
          value={form.username}
          onChange={set("username")}
          disabled={!allowed.username}
          error={wrong("username")}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
        <TextField label={t("account.profile.nickname")} optional={t("account.optional")} value={form.nickname} onChange={set("nickname")} disabled={!allowed.any} error={wrong("nickname")} maxLength={120} />
        <TextArea label={t("account.profile.bio")} optional={t("account.optional")} value={form.bio} onChange={set("bio")} disabled={!allowed.any} error={wrong("bio")} maxLength={260} />
        <TextField label={t("account.profile.email")} type="email" value={form.email} onChange={set("email")} disabled={!allowed.email} error={wrong("email")} autoComplete="email" />
        {proves && (
          <PasswordField
            label={t("account.profile.password")}
            hint={t("account.profile.passwordHint")}
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            error={wrong("password")}
          />
        )}
        <FormActions>
          <Button type="submit" variant="primary" loading={fate === "busy"} disabled={!allowed.any}>
            {t("account.save")}
          </Button>
          <Saved shown={fate === "saved"} />
        </FormActions>
      </Form>
    </Group>
  );
}

/** Says that something was saved, to the eye and the ear. */
export function Saved({ shown }: { shown: boolean }) {
  const { t } = useTranslation();
  return (
    <output className={styles.row}>
      {shown && (
        <span className={styles.saved}>
          <Icon name="check" size="small" />
          {t("account.saved")}
        </span>
      )}
    </output>
  );
}

/** Which field a refusal is about. */
function fieldOf(id: string, changes: Partial<ProfileForm>): string | undefined {
  const fields: Record<string, string> = {
    "totp-required": "password",
    "totp-invalid": "password",
    "error-could-not-save-identity": "username",
    "error-blocked-username": "username",
    "error-invalid-username": "username",
    "error-invalid-name": "name",
    "error-invalid-email": "email",
    "error-nickname-size-exceeded": "nickname",
    "error-bio-size-exceeded": "bio",
  };
  if (id === "error-field-unavailable") return changes.email === undefined ? "username" : "email";
  return fields[id];
}
