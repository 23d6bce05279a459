import { Dialog as Base } from "@base-ui/react/dialog";
import { useLayoutEffect, useRef } from "react";
import type { DialogProps } from "../Dialog";
import { DialogFrame, type FinalFocus } from "./DialogFrame";

export function DialogFloat({ open, onOpenChange, title, description, children, footer, size = "medium", initialFocus, keepOpen }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)} disablePointerDismissal={keepOpen}>
      <DialogFrame {...{ title, description, footer, size, initialFocus }} finalFocus={useReturn(open)} closable>
        {children}
      </DialogFrame>
    </Base.Root>
  );
}

/** Gives the focus back to what had it. The toolkit would give it to the first button within, where that is not a stop of the Tab key: a message. */
function useReturn(open: boolean): FinalFocus {
  const before = useRef<Element>(null);
  useLayoutEffect(() => {
    if (open) before.current = document.activeElement;
  }, [open]);
  return () => {
    const had = before.current;
    if (!(had instanceof HTMLElement) || !had.isConnected || had === document.body) return true;
    had.focus({ preventScroll: true });
    return false;
  };
}
