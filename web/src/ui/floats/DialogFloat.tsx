import { Dialog as Base } from "@base-ui/react/dialog";
import type { DialogProps } from "../Dialog";
import { DialogFrame } from "./DialogFrame";

export function DialogFloat({ open, onOpenChange, title, description, children, footer, size = "medium", initialFocus, keepOpen }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)} disablePointerDismissal={keepOpen}>
      <DialogFrame {...{ title, description, footer, size, initialFocus }} closable>
        {children}
      </DialogFrame>
    </Base.Root>
  );
}
