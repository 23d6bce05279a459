import { useState } from "react";
import { useTranslation } from "@/i18n";
import { usePreference } from "@/app/preferences";
import { useSetting } from "@/app/store";
import { playSound, soundNames } from "@/features/notify";
import { Banner, Button, TextArea } from "@/ui";
import { Group } from "./parts";
import { PreferenceSelect, PreferenceSwitch } from "./choices";
import { prefer } from "./saving";
import { wordsIn } from "./words";

const levels = ["all", "mentions", "nothing"];

export function NotificationsPage() {
  const { t } = useTranslation();
  const mails = useSetting("Accounts_AllowEmailNotifications") !== false;
  const volume = usePreference("notificationsSoundVolume");
  return (
    <>
      <Group title={t("account.notifications.desktop")}>
        <Permission />
        <PreferenceSelect name="desktopNotifications" values={levels} />
        <PreferenceSwitch name="desktopNotificationRequireInteraction" />
        <PreferenceSwitch name="unreadAlert" hint />
      </Group>
      <Group title={t("account.notifications.sound")}>
        <PreferenceSelect
          name="newMessageNotification"
          values={["none", ...soundNames]}
          onChosen={(name) => playSound(name, typeof volume === "number" ? volume : 100)}
        />
        <PreferenceSwitch name="muteFocusedConversations" hint />
      </Group>
      <Group title={t("account.notifications.elsewhere")}>
        <PreferenceSelect name="pushNotifications" values={levels} />
        {mails && <PreferenceSelect name="emailNotificationMode" values={["mentions", "nothing"]} hint />}
      </Group>
      <Group title={t("account.notifications.words")} hint={t("account.notifications.wordsHint")}>
        <Words />
      </Group>
    </>
  );
}

/** Whether the browser lets the page notify, and how to let it. */
function Permission() {
  const { t } = useTranslation();
  const known = typeof Notification === "undefined" ? "missing" : Notification.permission;
  const [permission, setPermission] = useState<NotificationPermission | "missing">(known);
  if (permission === "granted") return null;
  if (permission === "missing") return <Banner>{t("account.notifications.missing")}</Banner>;
  if (permission === "denied") return <Banner kind="warning">{t("account.notifications.denied")}</Banner>;
  const ask = async () => setPermission(await Notification.requestPermission());
  return (
    <Banner action={<Button size="small" onClick={() => void ask()}>{t("account.notifications.allow")}</Button>}>{t("account.notifications.ask")}</Banner>
  );
}

/** Words that are as good as a mention. */
function Words() {
  const { t } = useTranslation();
  const saved = usePreference("highlights");
  const words = Array.isArray(saved) ? saved.join(", ") : "";
  const [typed, setTyped] = useState<string>();
  const save = () => {
    if (typed !== undefined && wordsIn(typed).join(", ") !== words) prefer("highlights", wordsIn(typed));
    setTyped(undefined);
  };
  return (
    <TextArea
      label={t("account.notifications.wordsLabel")}
      hint={t("account.notifications.wordsFormat")}
      rows={2}
      value={typed ?? words}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={save}
    />
  );
}
