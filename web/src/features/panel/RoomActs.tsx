import { useState } from "react";
import { useTranslation } from "@/i18n";
import { useLocation } from "wouter";
import { explained } from "@/app/explain";
import { paths } from "@/app/paths";
import { useMay, useWorkspace } from "@/app/store";
import { call } from "@/lib/client/link";
import type { Room } from "@/lib/protocol/documents";
import { Button, ConfirmDialog, toast } from "@/ui";
import { told } from "./acts";
import { DeleteDialog } from "./DeleteDialog";
import { LeaveDialog } from "./LeaveDialog";
import { useRoomName } from "./names";
import styles from "./Pane.module.css";

/** Hides a room until something new comes; the way back is offered. */
export function useHide(rid: string): () => void {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const name = useRoomName(rid);
  const hide = async () => {
    await call("hideRoom", rid);
    go(paths.home);
    toast({ title: t("panel.hide.done", { room: name }), action: { label: t("panel.undo"), onAction: () => told(call("openRoom", rid)) } });
  };
  return () => told(hide());
}

/** Ways out of a room, for one or for all. */
export function RoomActs({ room }: { room: Room }) {
  const { t } = useTranslation();
  const rid = room._id;
  const name = useRoomName(rid);
  const member = useWorkspace((state) => state.subscriptions.has(rid));
  const leaves = useMay(room.t === "c" ? "leave-c" : "leave-p");
  const archives = useMay(room.archived ? "unarchive-room" : "archive-room", rid);
  const returns = useMay("unarchive-room", rid);
  const deletes = useMay(room.t === "c" ? "delete-c" : "delete-p", rid);
  const hide = useHide(rid);
  const [dialog, setDialog] = useState<"leave" | "archive" | "delete">();
  const close = () => setDialog(undefined);
  const archive = () => explained(call("archiveRoom", rid));
  return (
    <>
      {member && (
        <div className={styles.section}>
          <div className={styles.acts}>
            <Button icon="eye-off" onClick={hide}>
              {t("panel.hide.act")}
            </Button>
            {leaves && (
              <Button icon="log-out" onClick={() => setDialog("leave")}>
                {t("panel.leave.act")}
              </Button>
            )}
          </div>
        </div>
      )}
      {(archives || deletes) && (
        <div className={styles.section}>
          <h3 className={styles.heading}>{t("panel.info.danger")}</h3>
          <div className={styles.acts}>
            {archives && !room.archived && (
              <Button icon="archive" onClick={() => setDialog("archive")}>
                {t("panel.archive.act")}
              </Button>
            )}
            {archives && room.archived && (
              <Button icon="archive" onClick={() => told(call("unarchiveRoom", rid))}>
                {t("panel.archive.undo")}
              </Button>
            )}
            {deletes && (
              <Button icon="trash" variant="danger" onClick={() => setDialog("delete")}>
                {t("panel.delete.act")}
              </Button>
            )}
          </div>
        </div>
      )}
      <LeaveDialog room={room} open={dialog === "leave"} onClose={close} />
      <ConfirmDialog
        open={dialog === "archive"}
        onOpenChange={close}
        title={t("panel.archive.title", { room: name })}
        body={t(returns ? "panel.archive.body" : "panel.archive.bodyForGood")}
        confirmLabel={t("panel.archive.act")}
        onConfirm={archive}
      />
      <DeleteDialog room={room} open={dialog === "delete"} onClose={close} />
    </>
  );
}
