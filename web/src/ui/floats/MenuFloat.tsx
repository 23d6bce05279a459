import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement } from "react";
import type { FinalFocus } from "./DialogFrame";
import { MenuPopup, type MenuItem, type MenuPlace } from "./menuItems";

export interface MenuProps extends Pick<MenuPlace, "side" | "align" | "anchor"> {
  /** A `Button` or `IconButton`; without one it stands at `anchor`, and is opened from elsewhere. */
  trigger?: ReactElement<Record<string, unknown>>;
  items: readonly MenuItem[];
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  finalFocus?: FinalFocus;
}

export function Menu({ trigger, anchor, items, open, onOpenChange, finalFocus, side = "bottom", align = "start" }: MenuProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange?.(next)} modal={false}>
      {trigger && <Base.Trigger render={trigger} />}
      <MenuPopup items={items} anchor={anchor} side={side} align={align} sideOffset={4} finalFocus={finalFocus} />
    </Base.Root>
  );
}
