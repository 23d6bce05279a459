import { useState } from "react";
import { useTranslation } from "@/i18n";
import { useLocation } from "wouter";
import { useMay } from "@/app/store";
import { call } from "@/lib/client/link";
import { Button, ConfirmDialog, toast } from "@/ui";
import { explain } from "../parts/explain";
import { Act, Section } from "../parts/Page";
import { type AdminRoom, nameOf } from "./calls";

interface RoomActsProps {
  room: AdminRoom;
  onChange: (change: Partial<AdminRoom>) => void;
}

/** What cuts deep: asked once, with what follows from it. */
export function RoomActs({ room, onChange }: RoomActsProps) {
  const { t } = useTranslation();
  const mayArchive = useMay("archive-room", room._id);
  const mayRevive = useMay("unarchive-room", room._id);
  const mayDelete = useMay(`delete-${room.t}`, room._id);
  const [deed, ask] = useState<"archive" | "delete">();
  const revive = async () => {
    try {
      await call("unarchiveRoom", room._id);
      onChange({ archived: false });
    } catch (thrown) {
      toast({ kind: "danger", title: t("admin.users.act.failed"), description: explain(thrown) });
    }
  };
  const archivable = room.t !== "d" && (room.archived ? mayRevive : mayArchive);
  if (!archivable && !mayDelete) return null;
  return (
    <Section title={t("admin.users.act.title")} danger>
      {archivable && (
        <Act title={t(room.archived ? "admin.rooms.act.revive" : "admin.rooms.act.archive")} about={t(room.archived ? "admin.rooms.act.reviveAbout" : "admin.rooms.act.archiveAbout")}>
          <Button onClick={() => (room.archived ? void revive() : ask("archive"))}>{t(room.archived ? "admin.rooms.act.revive" : "admin.rooms.act.archive")}</Button>
        </Act>
      )}
      {mayDelete && (
        <Act title={t("admin.rooms.act.delete")} about={t("admin.rooms.act.deleteAbout")}>
          <Button variant="danger" onClick={() => ask("delete")}>
            {t("admin.rooms.act.delete")}
          </Button>
        </Act>
      )}
      {deed && <Confirm deed={deed} room={room} onChange={onChange} onClose={() => ask(undefined)} />}
    </Section>
  );
}

function Confirm({ deed, room, onChange, onClose }: RoomActsProps & { deed: "archive" | "delete"; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const [, go] = useLocation();
  const name = nameOf(room);
  const confirm = async () => {
    try {
      await (deed === "archive" ? call("archiveRoom", room._id) : call("eraseRoom", room._id));
    } catch (thrown) {
      throw new Error(explain(thrown), { cause: thrown });
    }
    if (deed === "archive") return onChange({ archived: true });
    toast({ kind: "success", title: t("admin.rooms.act.deleted", { name }) });
    go("/admin/rooms");
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(`admin.rooms.confirm.${deed}`, { name })}
      body={t(`admin.rooms.confirm.${deed}Body`, { messages: (room.msgs ?? 0).toLocaleString(i18n.language), members: (room.usersCount ?? 0).toLocaleString(i18n.language) })}
      confirmLabel={t(`admin.rooms.act.${deed}`)}
      danger={deed === "delete"}
      onConfirm={confirm}
    />
  );
}
