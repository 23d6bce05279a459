import { useTranslation } from "@/i18n";
import { usePreference } from "@/app/preferences";
import { RadioGroup, Select, Switch } from "@/ui";
import { prefer } from "./saving";

interface ChoiceProps {
  /** The preference, which is also where its words are. */
  name: string;
  /** Has a line of explanation. */
  hint?: boolean;
  disabled?: boolean;
}

function useWords(name: string, hint: boolean | undefined) {
  const { t } = useTranslation();
  return { label: t(`account.preference.${name}.label`), hint: hint ? t(`account.preference.${name}.hint`) : undefined };
}

/** A preference that is on or off. */
export function PreferenceSwitch({ name, hint, disabled }: ChoiceProps) {
  const value = usePreference(name);
  return <Switch {...useWords(name, hint)} checked={value === true} disabled={disabled} onCheckedChange={(on) => prefer(name, on)} />;
}

interface OneOfProps extends ChoiceProps {
  values: readonly string[];
  onChosen?: (value: string) => void;
}

function useOptions(name: string, values: readonly string[]) {
  const { t } = useTranslation();
  return values.map((value) => ({ value, label: t(`account.preference.${name}.${value}`) }));
}

/** A preference that is one of several words. */
export function PreferenceSelect({ name, hint, disabled, values, onChosen }: OneOfProps) {
  const value = usePreference(name);
  const choose = (chosen: string) => {
    prefer(name, chosen);
    onChosen?.(chosen);
  };
  return <Select {...useWords(name, hint)} options={useOptions(name, values)} value={typeof value === "string" ? value : null} disabled={disabled} onValueChange={choose} />;
}

export function PreferenceRadio({ name, hint, disabled, values }: OneOfProps) {
  const value = usePreference(name);
  const chosen = typeof value === "string" ? value : (values[0] ?? "");
  return <RadioGroup {...useWords(name, hint)} options={useOptions(name, values)} value={chosen} disabled={disabled} onValueChange={(next) => prefer(name, next)} />;
}
