import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactNode, RefObject } from "react";
import { DialogFrame } from "./DialogFrame";

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** Its buttons; the one that does the thing comes last. */
  footer?: ReactNode;
  size?: "small" | "medium" | "large";
  /** What takes focus first; otherwise the first thing that can. */
  initialFocus?: RefObject<HTMLElement | null>;
  /** Keeps it open when the ground is pressed: for forms with something typed in. */
  keepOpen?: boolean;
}

export function Dialog({ open, onOpenChange, title, description, children, footer, size = "medium", initialFocus, keepOpen }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)} disablePointerDismissal={keepOpen}>
      <DialogFrame {...{ title, description, footer, size, initialFocus }} closable>
        {children}
      </DialogFrame>
    </Base.Root>
  );
}
