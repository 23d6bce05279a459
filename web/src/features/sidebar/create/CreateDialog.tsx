import { type ReactNode, type RefObject, useId, useRef, useState } from "react";
import { useTranslation } from "@/i18n";
import { view } from "@/app/view";
import { Button, Dialog } from "@/ui";

export const close = () => view.setState({ create: undefined });

/** What the form in the dialog is given: its id, the field that has the focus first, and whether it is at work. */
export interface InsideProps {
  id: string;
  field: RefObject<HTMLInputElement | null>;
  busy: boolean;
  onBusy: (busy: boolean) => void;
}

interface CreateDialogProps {
  open: boolean;
  title: string;
  /** What its button does. */
  act: string;
  /** Whether a click beside it leaves it open: there is much in it to lose. */
  keepOpen?: boolean;
  children: (inside: InsideProps) => ReactNode;
}

/** The dialog around a form that makes something. */
export function CreateDialog({ open, title, act, keepOpen, children }: CreateDialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [busy, onBusy] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && close()}
      title={title}
      keepOpen={keepOpen}
      initialFocus={field}
      footer={
        <>
          <Button onClick={close}>{t("sidebar.cancel")}</Button>
          <Button type="submit" form={id} variant="primary" loading={busy}>
            {act}
          </Button>
        </>
      }
    >
      {children({ id, field, busy, onBusy })}
    </Dialog>
  );
}
