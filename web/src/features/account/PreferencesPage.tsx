import { useTranslation } from "@/i18n";
import { usePreference } from "@/app/preferences";
import { Select } from "@/ui";
import { Group } from "./parts";
import { PreferenceRadio, PreferenceSwitch } from "./choices";
import { prefer } from "./saving";

/** Minutes after which somebody is away. */
const idles = [1, 5, 10, 15, 30, 60];

export function PreferencesPage() {
  const { t } = useTranslation();
  const auto = usePreference("enableAutoAway");
  return (
    <>
      <Group title={t("account.preferences.writing")}>
        <PreferenceRadio name="sendOnEnter" values={["normal", "alternative", "desktop"]} />
      </Group>
      <Group title={t("account.preferences.sidebar")}>
        <PreferenceRadio name="sidebarSortby" values={["activity", "alphabetical"]} />
        <PreferenceSwitch name="sidebarShowUnread" hint />
        <PreferenceSwitch name="sidebarShowFavorites" />
        <PreferenceSwitch name="sidebarGroupByType" hint />
      </Group>
      <Group title={t("account.preferences.presence")}>
        <PreferenceSwitch name="enableAutoAway" hint />
        <IdleTime disabled={auto === false} />
      </Group>
    </>
  );
}

function IdleTime({ disabled }: { disabled: boolean }) {
  const { t } = useTranslation();
  const seconds = usePreference("idleTimeLimit");
  const minutes = typeof seconds === "number" ? seconds / 60 : 5;
  // What another client chose is kept among the choices.
  const shown = idles.includes(minutes) ? idles : [...idles, minutes].toSorted((a, b) => a - b);
  const options = shown.map((count) => ({ value: String(count), label: t("account.preference.idleTimeLimit.minutes", { count }) }));
  return (
    <Select
      label={t("account.preference.idleTimeLimit.label")}
      options={options}
      value={String(minutes)}
      disabled={disabled}
      onValueChange={(value) => prefer("idleTimeLimit", Math.round(Number(value) * 60))}
    />
  );
}
