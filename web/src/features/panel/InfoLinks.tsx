import { useTranslation } from "@/i18n";
import { roomPath } from "@/app/paths";
import { useWorkspace } from "@/app/store";
import { openPanel } from "@/app/view";
import type { Room } from "@/lib/protocol/documents";
import { Icon, ListRow, toast } from "@/ui";
import { dayOf } from "@/features/people";
import styles from "./Pane.module.css";

/** Ways on from a room's panel, and its address. */
export function InfoLinks({ room }: { room: Room }) {
  const { t, i18n } = useTranslation();
  const rid = room._id;
  const member = useWorkspace((state) => state.subscriptions.has(rid));
  const two = room.t === "d" && (room.uids?.length ?? 2) <= 2;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(`${location.origin}${roomPath(room)}`);
      toast({ title: t("panel.info.copied") });
    } catch {
      toast({ kind: "danger", title: t("panel.info.copyFailed"), description: `${location.origin}${roomPath(room)}` });
    }
  };
  const arrow = <Icon name="chevron-end" size="small" />;
  const made = dayOf(room.ts, i18n.language);
  const maker = room.u?.name || room.u?.username;
  return (
    <div className={styles.section}>
      <div className={styles.links}>
        {!two && (
          <ListRow
            leading={<Icon name="users" size="small" />}
            title={t("panel.members.title")}
            trailing={
              <>
                {room.usersCount} {arrow}
              </>
            }
            onClick={() => openPanel(rid, { kind: "members" })}
          />
        )}
        {member && (
          <ListRow leading={<Icon name="bell" size="small" />} title={t("panel.notifications.title")} trailing={arrow} onClick={() => openPanel(rid, { kind: "notifications" })} />
        )}
        <ListRow leading={<Icon name="link" size="small" />} title={t("panel.info.copyLink")} onClick={() => void copy()} />
      </div>
      {made && room.t !== "d" && <p className={styles.meta}>{maker ? t("panel.info.createdBy", { name: maker, day: made }) : t("panel.info.created", { day: made })}</p>}
    </div>
  );
}
