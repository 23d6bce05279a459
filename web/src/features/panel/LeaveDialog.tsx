import { useTranslation } from "@/i18n";
import { useLocation } from "wouter";
import { explained } from "@/app/explain";
import { paths, roomPath } from "@/app/paths";
import { call } from "@/lib/client/link";
import type { Room } from "@/lib/protocol/documents";
import { ConfirmDialog, toast } from "@/ui";
import { told } from "./acts";
import { useRoomName } from "./names";

/** Asks once before this user leaves. A public room can be joined again at once. */
export function LeaveDialog({ room, open, onClose }: { room: Room; open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const name = useRoomName(room._id);
  const leave = async () => {
    await explained(call("leaveRoom", room._id));
    go(paths.home);
    const back = () => told(call("joinRoom", room._id).then(() => go(roomPath(room))));
    toast({ title: t("panel.leave.done", { room: name }), ...(room.t === "c" && { action: { label: t("panel.undo"), onAction: back } }) });
  };
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onClose}
      title={t("panel.leave.title", { room: name })}
      body={t(room.t === "c" ? "panel.leave.bodyPublic" : "panel.leave.bodyPrivate")}
      confirmLabel={t("panel.leave.confirm")}
      danger={room.t !== "c"}
      onConfirm={leave}
    />
  );
}
