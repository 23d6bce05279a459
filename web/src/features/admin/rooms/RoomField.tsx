import { type KeyboardEvent, useEffect, useState } from "react";
import { useTranslation } from "@/i18n";
import { call } from "@/lib/client/link";
import type { RoomChanges } from "@/lib/protocol/methods";
import { Button, Icon, Switch, TextArea, TextField } from "@/ui";
import { explain } from "../parts/explain";
import type { AdminRoom } from "./calls";
import styles from "../parts/List.module.css";

interface Fate {
  at: "idle" | "saving" | "saved";
  problem?: string;
}

/** How long "saved" is said. */
const SAID = 4_000;

function useRoomSave(rid: string) {
  const [fate, setFate] = useState<Fate>({ at: "idle" });
  useEffect(() => {
    if (fate.at !== "saved") return;
    const timer = setTimeout(() => setFate({ at: "idle" }), SAID);
    return () => clearTimeout(timer);
  }, [fate]);
  const run = async (changes: RoomChanges) => {
    setFate({ at: "saving" });
    try {
      await call("saveRoomSettings", rid, changes);
      setFate({ at: "saved" });
      return true;
    } catch (thrown) {
      setFate({ at: "idle", problem: explain(thrown) });
      return false;
    }
  };
  return { fate, run, forget: () => setFate({ at: "idle" }) };
}

function Saved({ fate }: { fate: Fate }) {
  const { t } = useTranslation();
  return (
    <output className={styles.saved}>
      {fate.at === "saved" && (
        <>
          <Icon name="check" size="small" />
          {t("admin.settings.saved")}
        </>
      )}
    </output>
  );
}

interface FieldProps {
  room: AdminRoom;
  label: string;
  disabled: boolean;
  onChange: (change: Partial<AdminRoom>) => void;
}

interface RoomTextProps extends FieldProps {
  field: "roomName" | "roomTopic" | "roomDescription" | "roomAnnouncement";
  value: string;
  lines?: boolean;
  /** What the room is then. */
  change: (value: string) => Partial<AdminRoom>;
}

/** A text of a room, saved by itself. */
export function RoomText({ room, field, label, value, lines, disabled, change, onChange }: RoomTextProps) {
  const { t } = useTranslation();
  const { fate, run, forget } = useRoomSave(room._id);
  const [typed, type] = useState<string>();
  const dirty = typed !== undefined && typed !== value;
  const discard = () => {
    type(undefined);
    forget();
  };
  const commit = async () => {
    if (!dirty || !(await run({ [field]: typed.trim() }))) return;
    onChange(change(typed.trim()));
    type(undefined);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Escape" && dirty) discard();
    if (event.key !== "Enter" || event.nativeEvent.isComposing || (lines && !event.ctrlKey && !event.metaKey)) return;
    event.preventDefault();
    void commit();
  };
  const common = { label, value: typed ?? value, disabled, error: fate.problem, onKeyDown: keys };
  return (
    <div className={styles.field}>
      {lines ? (
        <TextArea {...common} rows={2} onChange={(event) => type(event.target.value)} />
      ) : (
        <TextField {...common} autoComplete="off" onChange={(event) => type(event.target.value)} />
      )}
      <div className={styles.formEnd}>
        {dirty && (
          <>
            <Button size="small" variant="primary" loading={fate.at === "saving"} onClick={() => void commit()}>
              {t("admin.settings.save")}
            </Button>
            <Button size="small" variant="ghost" onClick={discard}>
              {t("admin.settings.discard")}
            </Button>
          </>
        )}
        <Saved fate={fate} />
      </div>
    </div>
  );
}

interface RoomSwitchProps extends FieldProps {
  hint?: string;
  checked: boolean;
  /** What is sent to the server. */
  send: (on: boolean) => RoomChanges;
  change: (on: boolean) => Partial<AdminRoom>;
}

/** Something of a room that is on or off; saved at once. */
export function RoomSwitch({ room, label, hint, checked, disabled, send, change, onChange }: RoomSwitchProps) {
  const { fate, run } = useRoomSave(room._id);
  const toggle = async (on: boolean) => {
    onChange(change(on));
    if (!(await run(send(on)))) onChange(change(!on));
  };
  return (
    <div className={styles.field}>
      <Switch label={label} hint={hint} checked={checked} disabled={disabled || fate.at === "saving"} onCheckedChange={(on) => void toggle(on)} />
      <div className={styles.formEnd}>
        <Saved fate={fate} />
        <span role="alert" className={styles.problem}>
          {fate.problem}
        </span>
      </div>
    </div>
  );
}
