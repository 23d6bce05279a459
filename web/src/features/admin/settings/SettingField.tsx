import { memo, useEffect, useRef } from "react";
import { useTranslation } from "@/i18n";
import { Icon, IconButton, Menu, type MenuItem, toast } from "@/ui";
import { Control } from "./controls/Control";
import { lockOf } from "./definition";
import { Notes } from "./Notes";
import { useDefinition, useUnmet } from "./store";
import { useSave, type Fate, type Saving } from "./useSave";
import { isDefault } from "./values";
import { label } from "./words";
import type { Definition } from "./definition";
import styles from "./Settings.module.css";

interface SettingFieldProps {
  id: string;
  /** Whether this user may change settings at all. */
  editable: boolean;
  /** Sought: it is led to, and shows itself once. */
  sought?: boolean;
}

/** One setting: its control, why it is as it is, and what became of its last change. */
export const SettingField = memo(function SettingField({ id, editable, sought }: SettingFieldProps) {
  const setting = useDefinition(id);
  const hidden = useUnmet(setting?.displayQuery).length > 0;
  const waiting = useUnmet(setting?.enableQuery);
  const saving = useSave(id);
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (sought) row.current?.scrollIntoView({ block: "center" });
  }, [sought]);
  if (!setting || (hidden && !sought)) return null;
  const lock = lockOf(setting);
  const disabled = !editable || Boolean(lock) || waiting.length > 0;
  return (
    <div ref={row} className={styles.row} data-sought={sought || undefined} data-setting={id}>
      <div className={styles.control}>
        <Control setting={setting} disabled={disabled} saving={saving} hint={<Notes setting={setting} lock={lock} waiting={waiting} />} />
      </div>
      <div className={styles.aside}>
        <SaveMark fate={saving.fate} changed={!lock && !isDefault(setting)} />
        <More setting={setting} disabled={disabled} saving={saving} />
      </div>
    </div>
  );
});

function SaveMark({ fate, changed }: { fate: Fate; changed: boolean }) {
  const { t } = useTranslation();
  return (
    <output className={styles.mark} data-at={fate.at}>
      {fate.at === "saving" && t("admin.settings.saving")}
      {fate.at === "saved" && (
        <>
          <Icon name="check" size="small" />
          {t("admin.settings.saved")}
        </>
      )}
      {fate.at === "idle" && changed && <span className={styles.changed}>{t("admin.settings.changed")}</span>}
    </output>
  );
}

function More({ setting, disabled, saving }: { setting: Definition; disabled: boolean; saving: Saving }) {
  const { t } = useTranslation();
  const { packageValue, _id } = setting;
  const copy = async () => {
    await navigator.clipboard.writeText(_id);
    toast({ title: t("admin.settings.copied"), kind: "success" });
  };
  const items: MenuItem[] = [{ label: t("admin.settings.copyId"), hint: _id, icon: "copy", onSelect: () => void copy() }];
  if (packageValue !== undefined && setting.type !== "action" && setting.type !== "asset") {
    const usual = shown(packageValue);
    items.push({
      label: t("admin.settings.reset"),
      hint: usual === "" ? t("admin.settings.empty") : usual,
      icon: "refresh",
      disabled: disabled || isDefault(setting),
      onSelect: () => void saving.run(packageValue),
    });
  }
  return (
    <Menu
      align="end"
      trigger={<IconButton icon="more" size="small" label={t("admin.settings.more", { name: label(setting) })} className={styles.more} />}
      items={items}
    />
  );
}

/** The longest default that is shown. */
const SHOWN = 60;

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
