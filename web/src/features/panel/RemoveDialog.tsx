import { useTranslation } from "@/i18n";
import { explained } from "@/app/explain";
import { useWorkspace } from "@/app/store";
import { call } from "@/lib/client/link";
import type { FoundUser } from "@/lib/protocol/methods";
import { may } from "@/lib/store/permissions";
import { ConfirmDialog, type ConfirmDialogProps, toast } from "@/ui";
import { told } from "./acts";
import { mayInvite } from "./memberActions";
import { useRoomName } from "./names";

interface RemoveDialogProps extends Pick<ConfirmDialogProps, "finalFocus"> {
  rid: string;
  member: FoundUser | undefined;
  onClose: () => void;
  onRemoved: (uid: string) => void;
}

/** Asks once before somebody is removed: from where, and what follows. */
export function RemoveDialog({ rid, member, onClose, onRemoved, finalFocus }: RemoveDialogProps) {
  const { t } = useTranslation();
  const room = useRoomName(rid);
  const open = useWorkspace((state) => state.rooms.get(rid)?.t === "c");
  const returns = useWorkspace((state) => mayInvite(state.rooms.get(rid), state.subscriptions.has(rid), (permission) => may(state, permission, rid)));
  const name = member ? member.name || member.username : "";
  const remove = async () => {
    if (!member) return;
    const { username, _id } = member;
    await explained(call("removeUserFromRoom", { rid, username }));
    onRemoved(_id);
    const undo = () => told(call("addUsersToRoom", { rid, users: [username] }));
    toast({
      title: t("panel.remove.done", { name, room }),
      ...(returns && { action: { label: t("panel.undo"), onAction: undo } }),
    });
  };
  return (
    <ConfirmDialog
      open={member !== undefined}
      onOpenChange={onClose}
      title={t("panel.remove.title", { name, room })}
      body={t(open ? "panel.remove.bodyPublic" : "panel.remove.bodyPrivate", { name, room })}
      confirmLabel={t("panel.remove.confirm")}
      danger
      onConfirm={remove}
      finalFocus={finalFocus}
    />
  );
}
