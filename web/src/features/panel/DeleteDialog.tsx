import { useId, useState } from "react";
import { useTranslation } from "@/i18n";
import { useLocation } from "wouter";
import { explain } from "@/app/explain";
import { paths } from "@/app/paths";
import { useWorkspace } from "@/app/store";
import { call } from "@/lib/client/link";
import type { Room } from "@/lib/protocol/documents";
import { titleOf } from "@/lib/store/rooms";
import { Button, Dialog, Form, TextField, toast } from "@/ui";

interface DeleteDialogProps {
  room: Room;
  open: boolean;
  onClose: () => void;
}

/** Deletes a room for everybody; who does it types its name. */
export function DeleteDialog({ open, ...rest }: DeleteDialogProps) {
  return open ? <Opened {...rest} /> : null;
}

function Opened({ room, onClose }: Omit<DeleteDialogProps, "open">) {
  const { t } = useTranslation();
  const id = useId();
  const [, go] = useLocation();
  const name = useWorkspace((state) => titleOf(state.subscriptions.get(room._id), room));
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const same = typed.trim() === name;
  const erase = async () => {
    if (!same) return;
    setBusy(true);
    setError(undefined);
    try {
      await call("eraseRoom", room._id);
      onClose();
      go(paths.home);
      toast({ title: t("panel.delete.done", { room: name }) });
    } catch (thrown) {
      setError(explain(thrown));
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("panel.delete.title", { room: name })}
      description={t("panel.delete.body")}
      size="small"
      footer={
        <>
          <Button onClick={onClose} disabled={busy}>
            {t("panel.edit.cancel")}
          </Button>
          <Button type="submit" form={id} variant="danger" loading={busy} disabled={!same}>
            {t("panel.delete.confirm")}
          </Button>
        </>
      }
    >
      <Form id={id} busy={busy} error={error} onSubmit={() => void erase()}>
        <TextField label={t("panel.delete.type", { room: name })} value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" spellCheck={false} />
      </Form>
    </Dialog>
  );
}
