import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement } from "react";
import { MenuPopup, type MenuItem, type MenuPlace } from "./menuItems";

export interface MenuProps extends Pick<MenuPlace, "side" | "align"> {
  /** A `Button` or `IconButton`. */
  trigger: ReactElement<Record<string, unknown>>;
  items: readonly MenuItem[];
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

export function Menu({ trigger, items, open, onOpenChange, side = "bottom", align = "start" }: MenuProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange?.(next)} modal={false}>
      <Base.Trigger render={trigger} />
      <MenuPopup items={items} side={side} align={align} sideOffset={4} />
    </Base.Root>
  );
}
