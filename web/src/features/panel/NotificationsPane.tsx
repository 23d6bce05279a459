import { useTranslation } from "@/i18n";
import { useWorkspace } from "@/app/store";
import { closePanel, openPanel } from "@/app/view";
import { playSound, soundNames } from "@/features/notify";
import type { NotificationLevel, Subscription } from "@/lib/protocol/documents";
import { EmptyState, Panel, Select, Switch } from "@/ui";
import { saveNotification, setFavorite, told } from "./acts";
import { useRoomName } from "./names";
import { channels, levelOf } from "./patches";
import styles from "./Pane.module.css";

const levels: readonly NotificationLevel[] = ["default", "all", "mentions", "nothing"];
const switches = ["hideUnreadStatus", "hideMentionStatus", "muteGroupMentions"] as const;

/** How this user is told of a room. */
export function NotificationsPane({ rid }: { rid: string }) {
  const { t } = useTranslation();
  const room = useRoomName(rid);
  const subscription = useWorkspace((state) => state.subscriptions.get(rid));
  return (
    <Panel title={t("panel.notifications.title")} subtitle={room} onBack={() => openPanel(rid, { kind: "info" })} onClose={() => closePanel(rid)}>
      {subscription ? <Settings subscription={subscription} /> : <EmptyState icon="bell-off" title={t("panel.notifications.outside")} />}
    </Panel>
  );
}

function Settings({ subscription }: { subscription: Subscription }) {
  const { t } = useTranslation();
  const { rid } = subscription;
  const set = (field: string, value: string) => told(saveNotification(rid, field, value));
  const options = levels.map((value) => ({ value, label: t(`panel.level.${value}`) }));
  const sounds = ["default", "none", ...soundNames].map((value) => ({ value, label: t(`notify.sound.${value}`) }));
  const muted = subscription.disableNotifications === true;
  const hear = (value: string) => {
    set("audioNotificationValue", value);
    playSound(value);
  };
  return (
    <div className={styles.stack}>
      <Switch label={t("panel.notifications.favorite")} checked={subscription.f === true} onCheckedChange={(on) => told(setFavorite(rid, on))} />
      <Switch
        label={t("panel.notifications.mute")}
        hint={t("panel.notifications.muteHint")}
        checked={muted}
        onCheckedChange={(on) => set("disableNotifications", on ? "1" : "0")}
      />
      <hr className={styles.rule} />
      {channels.map((channel) => (
        <Select
          key={channel}
          label={t(`panel.notifications.${channel}`)}
          options={options}
          value={levelOf(subscription, channel)}
          onValueChange={(value) => set(channel, value)}
          disabled={muted}
        />
      ))}
      <Select
        label={t("panel.notifications.sound")}
        options={sounds}
        value={subscription.audioNotificationValue ?? "default"}
        onValueChange={hear}
        disabled={muted}
      />
      <hr className={styles.rule} />
      {switches.map((field) => (
        <Switch
          key={field}
          label={t(`panel.notifications.${field}`)}
          hint={t(`panel.notifications.${field}Hint`)}
          checked={subscription[field] === true}
          onCheckedChange={(on) => set(field, on ? "1" : "0")}
        />
      ))}
    </div>
  );
}
