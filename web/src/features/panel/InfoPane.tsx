import { useTranslation } from "@/i18n";
import { useMay, useWorkspace } from "@/app/store";
import { closePanel } from "@/app/view";
import { ProfileCard } from "@/features/people";
import type { Room } from "@/lib/protocol/documents";
import { Panel } from "@/ui";
import { DirectActs } from "./DirectActs";
import { InfoLinks } from "./InfoLinks";
import { RoomActs } from "./RoomActs";
import { RoomFace } from "./RoomFace";
import { RoomSwitches } from "./RoomSwitches";
import { RoomTexts } from "./RoomTexts";
import { partnerName } from "./names";
import styles from "./Pane.module.css";

/** What a room is, and what may be changed about it. */
export function InfoPane({ rid }: { rid: string }) {
  const { t } = useTranslation();
  const room = useWorkspace((state) => state.rooms.get(rid));
  const partner = useWorkspace((state) => partnerName(state, rid));
  if (!room) return null;
  return (
    <Panel title={t(room.t === "d" ? "panel.info.conversation" : "panel.info.title")} onClose={() => closePanel(rid)}>
      {partner === undefined ? <About room={room} /> : <Conversation room={room} partner={partner} />}
    </Panel>
  );
}

function Conversation({ room, partner }: { room: Room; partner: string }) {
  return (
    <>
      <div className={styles.section}>
        <ProfileCard username={partner} plain />
      </div>
      <InfoLinks room={room} />
      <DirectActs room={room} partner={partner} />
    </>
  );
}

function About({ room }: { room: Room }) {
  const edits = useMay("edit-room", room._id) && room.t !== "d";
  return (
    <>
      <RoomFace room={room} editable={edits && !room.archived} />
      <RoomTexts room={room} editable={edits && !room.archived} />
      <InfoLinks room={room} />
      {edits && <RoomSwitches room={room} />}
      {room.t === "d" ? <DirectActs room={room} partner={undefined} /> : <RoomActs room={room} />}
    </>
  );
}
