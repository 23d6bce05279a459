import { densities, setDensity, setLanguage, setTheme, themes, useAppearance } from "@/app/appearance";
import { languages, useTranslation } from "@/i18n";
import { RadioGroup, Select } from "@/ui";
import { Group } from "./parts";
import { told } from "./saving";

export function AppearancePage() {
  const { t, i18n } = useTranslation();
  const { theme, density } = useAppearance((appearance) => appearance);
  const looks = themes.map((value) => ({
    value,
    label: t(`account.appearance.theme.${value}`),
    ...(value === "high-contrast" && { hint: t("account.appearance.contrastHint") }),
  }));
  const spaces = densities.map((value) => ({ value, label: t(`account.appearance.density.${value}`), hint: t(`account.appearance.density.${value}Hint`) }));
  const tongues = languages.map(({ code, name }) => ({ value: code, label: name }));
  return (
    <>
      <Group>
        <RadioGroup label={t("account.appearance.theme.label")} options={looks} value={theme} onValueChange={(value) => told(setTheme(value))} />
      </Group>
      <Group>
        <RadioGroup label={t("account.appearance.density.label")} hint={t("account.appearance.density.hint")} options={spaces} value={density} onValueChange={setDensity} />
      </Group>
      <Group>
        <Select label={t("account.appearance.language")} options={tongues} value={i18n.language} onValueChange={(value) => told(setLanguage(value))} />
      </Group>
    </>
  );
}
