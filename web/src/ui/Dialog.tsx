import type { ReactNode, RefObject } from "react";
import { opening } from "./part";

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

/** A window over the page. */
export const Dialog = opening<DialogProps>(async () => (await import("./floats")).DialogFloat);
