import { AlertDialog as Base } from "@base-ui/react/alert-dialog";
import { useRef, useState } from "react";
import { useTranslation } from "@/i18n";
import { Banner } from "../Banner";
import { Button } from "../Button";
import type { ConfirmDialogProps } from "../ConfirmDialog";
import { DialogFrame } from "./DialogFrame";

export function ConfirmFloat(props: ConfirmDialogProps) {
  const { open, onOpenChange, title, body, confirmLabel, cancelLabel, danger, onConfirm, finalFocus, children } = props;
  const { t } = useTranslation();
  const cancel = useRef<HTMLButtonElement>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const change = (next: boolean) => {
    if (busy) return;
    setError(undefined);
    onOpenChange(next);
  };
  const confirm = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm();
      onOpenChange(false);
    } catch (failure) {
      setError(failure instanceof Error && failure.message ? failure.message : t("ui.failed"));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Base.Root open={open} onOpenChange={change}>
      <DialogFrame
        size="small"
        title={title}
        description={body}
        initialFocus={cancel}
        finalFocus={finalFocus}
        footer={
          <>
            <Button ref={cancel} onClick={() => change(false)} disabled={busy}>
              {cancelLabel ?? t("ui.cancel")}
            </Button>
            <Button variant={danger ? "danger" : "primary"} loading={busy} onClick={() => void confirm()}>
              {confirmLabel}
            </Button>
          </>
        }
      >
        {children}
        {error && <Banner kind="danger">{error}</Banner>}
      </DialogFrame>
    </Base.Root>
  );
}
