import { useState } from "react";
import { useTranslation } from "@/i18n";
import { explained } from "@/app/explain";
import { useWorkspace } from "@/app/store";
import type { Room } from "@/lib/protocol/documents";
import { partnerOf } from "@/lib/store/rooms";
import { Button, ConfirmDialog } from "@/ui";
import { setBlocked, told } from "./acts";
import { useHide } from "./RoomActs";
import styles from "./Pane.module.css";

/** What can be done about a conversation. */
export function DirectActs({ room, partner }: { room: Room; partner: string | undefined }) {
  const { t } = useTranslation();
  const rid = room._id;
  const hide = useHide(rid);
  const other = useWorkspace((state) => partnerOf(state, room));
  const mine = useWorkspace((state) => state.session?.uid);
  const blocked = useWorkspace((state) => state.subscriptions.get(rid)?.blocker === true);
  const [asking, setAsking] = useState(false);
  const blockable = partner !== undefined && other !== undefined && other !== mine;
  return (
    <div className={styles.section}>
      <div className={styles.acts}>
        <Button icon="eye-off" onClick={hide}>
          {t("panel.hide.act")}
        </Button>
        {blockable && (
          <Button icon={blocked ? "check-circle" : "close-circle"} onClick={() => (blocked ? told(setBlocked(rid, other, false)) : setAsking(true))}>
            {t(blocked ? "panel.block.undo" : "panel.block.act")}
          </Button>
        )}
      </div>
      {blockable && (
        <ConfirmDialog
          open={asking}
          onOpenChange={setAsking}
          title={t("panel.block.title", { name: partner })}
          body={t("panel.block.body")}
          confirmLabel={t("panel.block.act")}
          danger
          onConfirm={() => explained(setBlocked(rid, other, true))}
        />
      )}
    </div>
  );
}
