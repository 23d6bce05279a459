import { type KeyboardEvent, type ReactNode, useId } from "react";
import { useTranslation } from "@/i18n";
import { useSetting } from "@/app/store";
import { Button, IconButton, PasswordField, TextArea, TextField, toast } from "@/ui";
import type { ControlProps } from "./Control";
import { type TextDraft, useDraft } from "./useDraft";
import type { Definition } from "../definition";
import type { Saving } from "../useSave";
import { WITHHELD } from "../values";
import { label } from "../words";
import styles from "../Settings.module.css";

/** Enter saves a line, with Ctrl a text; Esc takes back what was typed. */
function keys(draft: TextDraft, lines: boolean) {
  return (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === "Enter" && !event.nativeEvent.isComposing && (!lines || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      draft.commit();
    }
    if (event.key === "Escape" && draft.dirty) {
      event.stopPropagation();
      draft.discard();
    }
  };
}

export function TextControl({ setting, disabled, saving, hint }: ControlProps) {
  const { t } = useTranslation();
  const draft = useDraft(setting, saving);
  const lines = Boolean(setting.multiline) || setting.type === "code";
  const secret = Boolean(setting.secret) || setting.type === "password";
  const isSet = setting.value === WITHHELD;
  const common: Common = {
    label: label(setting),
    hint,
    error: saving.fate.problem,
    value: draft.text,
    disabled,
    placeholder: secret && isSet ? t("admin.settings.secretSet") : setting.placeholder,
    onKeyDown: keys(draft, lines),
  };
  return (
    <>
      {lines && <Lines common={common} setting={setting} draft={draft} />}
      {!lines && secret && <PasswordField {...common} autoComplete="off" onChange={(event) => draft.write(event.target.value)} />}
      {!lines && !secret && <Line common={common} setting={setting} draft={draft} />}
      {draft.dirty && <SaveButtons draft={draft} saving={saving} />}
    </>
  );
}

interface Common {
  label: string;
  hint: ReactNode;
  error: string | undefined;
  value: string;
  disabled: boolean;
  placeholder: string | undefined;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

interface PartProps {
  common: Common;
  setting: Definition;
  draft: TextDraft;
}

function Lines({ common, setting, draft }: PartProps) {
  return (
    <TextArea
      {...common}
      onChange={(event) => draft.write(event.target.value)}
      rows={setting.type === "code" ? 6 : 3}
      resize
      spellCheck={setting.type !== "code"}
      className={setting.type === "code" ? styles.code : undefined}
    />
  );
}

function Line({ common, setting, draft }: PartProps) {
  const zones = useId();
  if (setting.type === "relativeUrl") return <Address {...common} path={draft.text} />;
  return (
    <>
      <TextField
        {...common}
        type={setting.type === "date" ? "date" : "text"}
        inputMode={setting.type === "int" ? "numeric" : undefined}
        list={setting.type === "timezone" ? zones : undefined}
        autoComplete="off"
        spellCheck={false}
        className={setting.type === "int" ? styles.number : undefined}
        onChange={(event) => draft.write(event.target.value)}
      />
      {setting.type === "timezone" && (
        <datalist id={zones}>
          {Intl.supportedValuesOf("timeZone").map((zone) => (
            <option key={zone} value={zone}>
              {zone}
            </option>
          ))}
        </datalist>
      )}
    </>
  );
}

/** An address on this server, to be given to another service. */
function Address({ path, ...common }: Common & { path: string }) {
  const { t } = useTranslation();
  const site = useSetting("Site_Url");
  const address = `${typeof site === "string" ? site.replace(/\/$/, "") : ""}/${path}`;
  const copy = async () => {
    await navigator.clipboard.writeText(address);
    toast({ title: t("admin.settings.copied"), kind: "success" });
  };
  return (
    <TextField
      {...common}
      value={address}
      readOnly
      disabled={false}
      suffix={<IconButton icon="copy" size="small" label={t("admin.settings.copy")} onClick={() => void copy()} />}
    />
  );
}

/** Shown while there is something to save. */
export function SaveButtons({ draft, saving }: { draft: Pick<TextDraft, "commit" | "discard">; saving: Saving }) {
  const { t } = useTranslation();
  return (
    <div className={styles.buttons}>
      <Button variant="primary" size="small" loading={saving.fate.at === "saving"} onClick={draft.commit}>
        {t("admin.settings.save")}
      </Button>
      <Button size="small" variant="ghost" onClick={draft.discard}>
        {t("admin.settings.discard")}
      </Button>
    </div>
  );
}
