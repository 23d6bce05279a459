import { useTranslation } from "@/i18n";
import { useWorkspace } from "@/app/store";
import type { Room } from "@/lib/protocol/documents";
import { titleOf } from "@/lib/store/rooms";
import { Avatar, Badge } from "@/ui";
import { saveRoom } from "./acts";
import { EditableText } from "./EditableText";
import styles from "./Pane.module.css";

/** Picture, name and kind of a room. */
export function RoomFace({ room, editable }: { room: Room; editable: boolean }) {
  const { t } = useTranslation();
  const title = useWorkspace((state) => titleOf(state.subscriptions.get(room._id), room));
  return (
    <div className={styles.section}>
      <div className={styles.head}>
        <Avatar name={title} rid={room._id} etag={room.avatarETag} size={48} />
        <div className={styles.names}>
          <p className={styles.kind}>
            {t(room.prid ? "panel.info.discussion" : `panel.info.kind.${room.t}`)} {room.archived && <Badge>{t("panel.info.archived")}</Badge>}{" "}
            {room.ro && <Badge>{t("panel.info.readOnly")}</Badge>}
          </p>
        </div>
      </div>
      <EditableText label={t("panel.info.name")} value={title} none="" editable={editable} short title hint={t("panel.info.nameHint")} maxLength={120} onSave={(roomName) => saveRoom(room._id, { roomName })} />
    </div>
  );
}
