import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { roomPath } from "@/app/paths";
import { useWorkspace } from "@/app/store";
import type { Room } from "@/lib/protocol/documents";
import { titleOf } from "@/lib/store/rooms";
import { store } from "@/lib/store/state";
import { Avatar, Badge } from "@/ui";
import { saveRoom } from "./acts";
import { EditableText } from "./EditableText";
import styles from "./Pane.module.css";

/** Picture, name and kind of a room. */
export function RoomFace({ room, editable }: { room: Room; editable: boolean }) {
  const { t } = useTranslation();
  const [path, go] = useLocation();
  const title = useWorkspace((state) => titleOf(state.subscriptions.get(room._id), room));
  const rename = async (name: string) => {
    const here = decodeURI(path) === decodeURI(roomPath(room));
    await saveRoom(room._id, { roomName: name });
    // Its page has another address now. The server tells the new name with the answer, or just before.
    const renamed = store.getState().rooms.get(room._id);
    if (here && renamed?.name && renamed.name !== room.name) go(roomPath(renamed), { replace: true });
  };
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
      <EditableText label={t("panel.info.name")} value={title} none="" editable={editable} short title hint={t("panel.info.nameHint")} maxLength={120} onSave={rename} />
    </div>
  );
}
