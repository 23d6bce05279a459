import type { ReactNode } from "react";
import { languages, useTranslation } from "@/i18n";
import { Checkbox, Select, Switch } from "@/ui";
import type { Definition } from "../definition";
import type { Saving } from "../useSave";
import { choice, label } from "../words";
import { ActionControl, AssetControl } from "./Special";
import { ColorControl, RangeControl, SpanControl } from "./Measures";
import { TextControl } from "./TextControl";
import styles from "../Settings.module.css";

export interface ControlProps {
  setting: Definition;
  disabled: boolean;
  saving: Saving;
  hint: ReactNode;
}

/** What a setting is changed with, by its type. */
export function Control(props: ControlProps) {
  switch (props.setting.type) {
    case "boolean":
      return <Toggle {...props} />;
    case "select":
      return <Choice {...props} />;
    case "language":
      return <Language {...props} />;
    case "multiSelect":
      return <Choices {...props} />;
    case "range":
      return <RangeControl {...props} />;
    case "timespan":
      return <SpanControl {...props} />;
    case "color":
      return <ColorControl {...props} />;
    case "asset":
      return <AssetControl {...props} />;
    case "action":
      return <ActionControl {...props} />;
    default:
      return <TextControl {...props} />;
  }
}

function Toggle({ setting, disabled, saving, hint }: ControlProps) {
  return (
    <>
      <Switch
        label={label(setting)}
        hint={hint}
        checked={setting.value === true}
        disabled={disabled || saving.fate.at === "saving"}
        onCheckedChange={(checked) => void saving.run(checked)}
      />
      <Problem saving={saving} />
    </>
  );
}

/** What is wrong, for controls that have no place of their own for it. */
export function Problem({ saving }: { saving: Saving }) {
  return (
    <p role="alert" className={styles.problem}>
      {saving.fate.problem}
    </p>
  );
}

function Choice(props: ControlProps) {
  const { setting } = props;
  const options = (setting.values ?? []).map(({ key, i18nLabel }) => ({ value: key, label: choice(setting, i18nLabel) }));
  return <OneOf {...props} options={options} />;
}

function Language(props: ControlProps) {
  const { t } = useTranslation();
  const options = languages.map(({ code, name }) => ({ value: code, label: name }));
  return <OneOf {...props} options={[{ value: "", label: t("admin.settings.browserLanguage") }, ...options]} />;
}

function OneOf({ setting, disabled, saving, hint, options }: ControlProps & { options: { value: string; label: string }[] }) {
  const { t } = useTranslation();
  const value = typeof setting.value === "string" ? setting.value : String(setting.value ?? "");
  const all = options.some((option) => option.value === value) ? options : [...options, { value, label: value || t("admin.settings.none") }];
  return (
    <Select
      label={label(setting)}
      hint={hint}
      error={saving.fate.problem}
      options={all}
      value={value}
      disabled={disabled}
      onValueChange={(next) => next !== value && void saving.run(next)}
      className={styles.narrow}
    />
  );
}

function Choices({ setting, disabled, saving, hint }: ControlProps) {
  const chosen = Array.isArray(setting.value) ? setting.value : [];
  // The order is the definition's, whatever the order of ticking.
  const toggled = (key: string, on: boolean) =>
    (setting.values ?? []).map((one) => one.key).filter((one) => (one === key ? on : chosen.includes(one)));
  return (
    <fieldset className={styles.choices} disabled={disabled}>
      <legend className={styles.legend}>{label(setting)}</legend>
      <p className={styles.legendHint}>{hint}</p>
      {(setting.values ?? []).map(({ key, i18nLabel }) => (
        <Checkbox
          key={key}
          label={choice(setting, i18nLabel)}
          checked={chosen.includes(key)}
          disabled={disabled}
          onCheckedChange={(on) => void saving.run(toggled(key, on))}
        />
      ))}
      <Problem saving={saving} />
    </fieldset>
  );
}
