import type { ReactNode } from "react";
import type { FinalFocus } from "./floats/DialogFrame";
import { opening } from "./part";
import { type Openable, useOpener } from "./useOpener";
import type { Anchor } from "./anchor";

export interface PopoverProps extends Openable {
  anchor?: Anchor;
  /** Its name: seen, when `title` is set. */
  label: string;
  title?: boolean;
  children: ReactNode;
  side?: "top" | "bottom" | "inline-start" | "inline-end";
  align?: "start" | "center" | "end";
  /** Without inner space, for lists that bring their own. */
  flush?: boolean;
  finalFocus?: FinalFocus;
}

const PopoverFloat = opening(async () => (await import("./floats")).PopoverFloat);

/** A button with something at it; without a trigger it stands at `anchor`, and is opened from elsewhere. */
export function Popover({ trigger, open: given, onOpenChange, anchor, side = "bottom", align = "start", ...rest }: PopoverProps) {
  const { button, at, open, change } = useOpener({ trigger, open: given, onOpenChange }, "dialog", PopoverFloat.load);
  return (
    <>
      {button}
      <PopoverFloat open={open} onOpenChange={change} anchor={anchor ?? at} side={side} align={align} {...rest} />
    </>
  );
}
