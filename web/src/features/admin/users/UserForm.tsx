import type { Dispatch, SetStateAction } from "react";
import { useTranslation } from "@/i18n";
import { useMay, useWorkspace } from "@/app/store";
import { Checkbox, PasswordField, RadioGroup, TextField } from "@/ui";
import type { Draft, PasswordWay, Problems } from "./form";
import styles from "../parts/List.module.css";

interface UserFieldsProps {
  draft: Draft;
  onChange: Dispatch<SetStateAction<Draft>>;
  problems: Problems;
  /** For a new account, which has no password yet. */
  fresh: boolean;
}

/** The fields of an account, for a new one and for one that is changed. */
export function UserFields({ draft, onChange, problems, fresh }: UserFieldsProps) {
  const { t } = useTranslation();
  const put = (change: Partial<Draft>) => onChange((before) => ({ ...before, ...change }));
  const wrong = (field: keyof Problems) => problems[field] && t(`admin.users.problem.${field}.${problems[field]}`);
  return (
    <>
      <TextField label={t("admin.users.name")} value={draft.name} error={wrong("name")} autoComplete="off" onChange={(event) => put({ name: event.target.value })} />
      <TextField
        label={t("admin.users.username")}
        prefix="@"
        value={draft.username}
        error={wrong("username")}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => put({ username: event.target.value })}
      />
      <TextField label={t("admin.users.email")} type="email" value={draft.email} error={wrong("email")} autoComplete="off" onChange={(event) => put({ email: event.target.value })} />
      <Checkbox label={t("admin.users.verified")} hint={t("admin.users.verifiedHint")} checked={draft.verified} onCheckedChange={(verified) => put({ verified })} />
      <Password draft={draft} put={put} error={wrong("password")} fresh={fresh} />
      <RoleChecks roles={draft.roles} onChange={(roles) => put({ roles })} error={wrong("roles")} />
      {fresh && <Checkbox label={t("admin.users.joinDefaults")} checked={draft.joinDefaults} onCheckedChange={(joinDefaults) => put({ joinDefaults })} />}
    </>
  );
}

interface PasswordProps {
  draft: Draft;
  put: (change: Partial<Draft>) => void;
  error: string | undefined;
  fresh: boolean;
}

function Password({ draft, put, error, fresh }: PasswordProps) {
  const { t } = useTranslation();
  const mayOthers = useMay("edit-other-user-password");
  const ways: PasswordWay[] = fresh ? ["random", "set"] : ["keep", "random", "set"];
  return (
    <>
      <RadioGroup
        label={t("admin.users.password")}
        value={draft.way}
        onValueChange={(way) => put({ way })}
        options={ways.map((value) => ({
          value,
          label: t(`admin.users.way.${value}`),
          hint: value === "random" ? t("admin.users.randomHint") : undefined,
          disabled: !fresh && value !== "keep" && !mayOthers,
        }))}
      />
      {draft.way === "set" && (
        <PasswordField
          label={t("admin.users.newPassword")}
          value={draft.password}
          error={error}
          autoComplete="new-password"
          onChange={(event) => put({ password: event.target.value })}
        />
      )}
      <Checkbox label={t("admin.users.mustChange")} checked={draft.mustChange} onCheckedChange={(mustChange) => put({ mustChange })} />
    </>
  );
}

/** A description that only repeats the name says nothing. */
const said = (text = "") => text.toLowerCase().replace(/[-_\s]/g, "");

function RoleChecks({ roles, onChange, error }: { roles: readonly string[]; onChange: (roles: string[]) => void; error: string | undefined }) {
  const { t } = useTranslation();
  const known = useWorkspace((state) => state.roles);
  const may = useMay("assign-roles");
  const mayAdmin = useMay("assign-admin-role");
  const all = [...known.values()].filter(({ scope }) => scope === "Users").toSorted((a, b) => a.name.localeCompare(b.name));
  const toggle = (id: string, holds: boolean) => onChange(holds ? [...roles, id] : roles.filter((one) => one !== id));
  return (
    <fieldset className={styles.checks}>
      <legend className={styles.legend}>{t("admin.users.roles")}</legend>
      {all.map(({ _id, name, description }) => (
        <Checkbox
          key={_id}
          label={name}
          hint={said(description) === said(name) ? undefined : description}
          error={error && _id === "user" ? error : undefined}
          checked={roles.includes(_id)}
          disabled={_id === "admin" ? !mayAdmin : !may}
          onCheckedChange={(holds) => toggle(_id, holds)}
        />
      ))}
    </fieldset>
  );
}
