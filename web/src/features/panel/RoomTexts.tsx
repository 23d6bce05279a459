import { useTranslation } from "@/i18n";
import type { Room } from "@/lib/protocol/documents";
import { saveRoom } from "./acts";
import { EditableText } from "./EditableText";
import styles from "./Pane.module.css";

const texts = [
  { key: "topic", change: "roomTopic", short: true },
  { key: "description", change: "roomDescription", short: false },
  { key: "announcement", change: "roomAnnouncement", short: false },
] as const;

/** The longest text that the server keeps. */
const LONGEST = 5_000;

/** What a room says about itself. */
export function RoomTexts({ room, editable }: { room: Room; editable: boolean }) {
  const { t } = useTranslation();
  const shown = texts.filter(({ key }) => editable || room[key]);
  if (shown.length === 0) return null;
  return (
    <div className={styles.section}>
      {shown.map(({ key, change, short }) => (
        <EditableText
          key={key}
          label={t(`panel.info.${key}`)}
          value={room[key] ?? ""}
          none={t(`panel.info.${key}None`)}
          editable={editable}
          short={short}
          maxLength={LONGEST}
          onSave={(value) => saveRoom(room._id, { [change]: value })}
        />
      ))}
    </div>
  );
}
