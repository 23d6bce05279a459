import type { ReactNode } from "react";
import type { FinalFocus } from "./floats/DialogFrame";
import { opening } from "./part";

export interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Names the thing: "Delete #general?" */
  title: string;
  /** What will be gone, and what stays. */
  body?: ReactNode;
  /** The verb. */
  confirmLabel: string;
  cancelLabel?: string;
  danger?: boolean;
  /** Closes when it is done; stays, with the reason, when it throws. */
  onConfirm: () => Promise<void> | void;
  /** Where the focus goes, if what had it before may be gone. */
  finalFocus?: FinalFocus;
  children?: ReactNode;
}

/** Asked once, for what cannot be undone; what can is done, and offers Undo. */
export const ConfirmDialog = opening<ConfirmDialogProps>(async () => (await import("./floats")).ConfirmFloat);
