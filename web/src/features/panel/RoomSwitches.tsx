import { useState } from "react";
import { useTranslation } from "@/i18n";
import { explained } from "@/app/explain";
import { useMay } from "@/app/store";
import type { Room } from "@/lib/protocol/documents";
import { ConfirmDialog, Switch } from "@/ui";
import { saveRoom, told } from "./acts";
import { useRoomName } from "./names";
import styles from "./Pane.module.css";

/** Who may come in, and who may write. */
export function RoomSwitches({ room }: { room: Room }) {
  const { t } = useTranslation();
  const rid = room._id;
  const name = useRoomName(rid);
  const [opening, setOpening] = useState(false);
  const mayOpen = useMay("create-c");
  const mayClose = useMay("create-p");
  const secret = room.t === "p";
  const setPrivate = (on: boolean) => {
    if (on) told(saveRoom(rid, { roomType: "p" }));
    // What was said among few is about to be read by all: this is asked.
    else setOpening(true);
  };
  return (
    <div className={styles.section}>
      <h3 className={styles.heading}>{t("panel.info.settings")}</h3>
      <Switch
        label={t("panel.info.private")}
        hint={t(secret ? "panel.info.privateOn" : "panel.info.privateOff")}
        checked={secret}
        disabled={room.archived || !(secret ? mayOpen : mayClose)}
        onCheckedChange={setPrivate}
      />
      <Switch
        label={t("panel.info.readOnly")}
        hint={t("panel.info.readOnlyHint")}
        checked={room.ro === true}
        disabled={room.archived}
        onCheckedChange={(readOnly) => told(saveRoom(rid, { readOnly }))}
      />
      {room.ro && (
        <Switch
          label={t("panel.info.react")}
          hint={t("panel.info.reactHint")}
          checked={room.reactWhenReadOnly === true}
          disabled={room.archived}
          onCheckedChange={(reactWhenReadOnly) => told(saveRoom(rid, { reactWhenReadOnly }))}
        />
      )}
      <ConfirmDialog
        open={opening}
        onOpenChange={setOpening}
        title={t("panel.open.title", { room: name })}
        body={t("panel.open.body")}
        confirmLabel={t("panel.open.confirm")}
        onConfirm={() => explained(saveRoom(rid, { roomType: "c" }))}
      />
    </div>
  );
}
