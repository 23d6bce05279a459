import { Popover as Base } from "@base-ui/react/popover";
import type { Anchor } from "../anchor";
import { classes } from "../classes";
import type { PopoverProps } from "../Popover";
import popup from "../popup.module.css";
import type { OnFloat } from "../useOpener";
import styles from "./Popover.module.css";

interface PopoverFloatProps extends Omit<PopoverProps, "trigger" | "open" | "onOpenChange" | "anchor"> {
  open: boolean;
  onOpenChange: OnFloat;
  anchor: Anchor | undefined;
}

/** What is drawn of a popover while it is open. */
export function PopoverFloat({ open, onOpenChange, label, title, children, flush, finalFocus, ...place }: PopoverFloatProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Positioner className={popup.positioner} sideOffset={4} collisionPadding={8} {...place}>
          <Base.Popup className={classes(popup.popup, flush ? styles.flush : styles.popup)} finalFocus={finalFocus}>
            <Base.Title className={title ? styles.title : "sr-only"}>{label}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
