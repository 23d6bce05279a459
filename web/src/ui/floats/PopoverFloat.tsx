import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";
import { classes } from "./classes";
import type { FinalFocus } from "./DialogFrame";
import popup from "./popup.module.css";
import styles from "./Popover.module.css";

/** An element, or anything that says where it is. */
export type Anchor = Element | { getBoundingClientRect(): DOMRect };

export interface PopoverProps {
  /** The button that opens it; without one it stands at `anchor`, and is opened from elsewhere. */
  trigger?: ReactElement<Record<string, unknown>>;
  anchor?: Anchor;
  /** Its name: seen, when `title` is set. */
  label: string;
  title?: boolean;
  children: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  side?: "top" | "bottom" | "inline-start" | "inline-end";
  align?: "start" | "center" | "end";
  /** Without inner space, for lists that bring their own. */
  flush?: boolean;
  finalFocus?: FinalFocus;
}

export function Popover({ trigger, anchor, label, title, children, open, onOpenChange, side = "bottom", align = "start", flush, finalFocus }: PopoverProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange?.(next)}>
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Positioner className={popup.positioner} anchor={anchor} side={side} align={align} sideOffset={4} collisionPadding={8}>
          <Base.Popup className={classes(popup.popup, flush ? styles.flush : styles.popup)} finalFocus={finalFocus}>
            <Base.Title className={title ? styles.title : "sr-only"}>{label}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
