import { useEffect, useRef } from "react";
import { setLanguage } from "@/app/appearance";
import { languages, useTranslation } from "@/i18n";
import { RadioGroup, Select, TextField } from "@/ui";
import type { StepProps } from "./AccountStep";
import type { Registration } from "./steps";

const doors: readonly { value: Registration; key: string }[] = [
  { value: "Public", key: "public" },
  { value: "Secret URL", key: "secret" },
  { value: "Disabled", key: "disabled" },
];

/** What the workspace is called, what it speaks, and who may come in. */
export function WorkspaceStep({ gathered, onChange, wrong }: StepProps) {
  const { t } = useTranslation();
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <>
      <TextField
        ref={first}
        label={t("entry.setup.site")}
        placeholder={t("entry.setup.siteExample")}
        autoComplete="organization"
        value={gathered.site}
        error={wrong.site && t(`entry.errors.${wrong.site}`)}
        onChange={(event) => onChange({ ...gathered, site: event.target.value })}
      />
      <Select
        label={t("entry.setup.language")}
        options={languages.map(({ code, name }) => ({ value: code, label: name }))}
        value={gathered.language}
        onValueChange={(language) => {
          onChange({ ...gathered, language });
          void setLanguage(language);
        }}
      />
      <RadioGroup
        label={t("entry.setup.registration")}
        options={doors.map(({ value, key }) => ({ value, label: t(`entry.setup.doors.${key}`), hint: t(`entry.setup.doors.${key}Hint`) }))}
        value={gathered.registration}
        onValueChange={(registration) => onChange({ ...gathered, registration })}
      />
    </>
  );
}
