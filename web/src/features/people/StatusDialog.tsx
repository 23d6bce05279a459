import { useId, useState } from "react";
import { useTranslation } from "@/i18n";
import { explain } from "@/app/explain";
import { useWorkspace } from "@/app/store";
import type { PresenceStatus } from "@/lib/protocol/documents";
import { Button, Dialog, Form, Select, TextField } from "@/ui";
import { setStatus, statuses } from "./status";
import { endOf, type Until, untils } from "./times";

interface StatusDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function StatusDialog({ open, onOpenChange }: StatusDialogProps) {
  // Made anew each time, so that it begins with what holds now.
  return open ? <Opened onOpenChange={onOpenChange} /> : null;
}

function Opened({ onOpenChange }: Pick<StatusDialogProps, "onOpenChange">) {
  const { t } = useTranslation();
  const id = useId();
  const me = useWorkspace((state) => state.me);
  const [status, setChosen] = useState<PresenceStatus>(me?.statusDefault ?? "online");
  const [text, setText] = useState(me?.statusText ?? "");
  const [until, setUntil] = useState<Until>("never");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const save = async (chosen: PresenceStatus, line: string, end: Until) => {
    setBusy(true);
    setError(undefined);
    try {
      await setStatus(chosen, line.trim(), endOf(end, new Date()));
      onOpenChange(false);
    } catch (thrown) {
      setError(explain(thrown));
      setBusy(false);
    }
  };
  const choices = statuses.map((value) => ({
    value,
    label: t(value === "offline" ? "people.presence.invisible" : `people.presence.${value}`),
    ...(value === "offline" && { hint: t("people.status.invisibleHint") }),
  }));
  const ends = untils.map((value) => ({ value, label: t(`people.status.until${value.charAt(0).toUpperCase()}${value.slice(1)}`) }));
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={t("people.status.title")}
      size="small"
      footer={
        <>
          {me?.statusText && (
            <Button variant="ghost" disabled={busy} onClick={() => void save("online", "", "never")}>
              {t("people.status.clear")}
            </Button>
          )}
          <Button type="submit" form={id} variant="primary" loading={busy}>
            {t("people.status.save")}
          </Button>
        </>
      }
    >
      <Form id={id} busy={busy} error={error} onSubmit={() => void save(status, text, until)}>
        <TextField label={t("people.status.text")} hint={t("people.status.textHint")} value={text} maxLength={120} onFocus={(event) => event.target.select()} onChange={(event) => setText(event.target.value)} />
        <Select label={t("people.status.status")} options={choices} value={status} onValueChange={setChosen} />
        <Select label={t("people.status.until")} options={ends} value={until} onValueChange={setUntil} />
      </Form>
    </Dialog>
  );
}
