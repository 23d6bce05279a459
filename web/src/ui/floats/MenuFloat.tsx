import { Menu as Base } from "@base-ui/react/menu";
import type { OnFloat } from "../useOpener";
import type { FinalFocus } from "./DialogFrame";
import { MenuPopup, type MenuItem, type MenuPlace } from "./menuItems";

interface MenuFloatProps extends Pick<MenuPlace, "side" | "align" | "anchor"> {
  open: boolean;
  onOpenChange: OnFloat;
  items: readonly MenuItem[];
  byKey: boolean;
  finalFocus?: FinalFocus;
}

/** What is drawn of a menu while it is open. */
export function MenuFloat({ open, onOpenChange, items, ...place }: MenuFloatProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <MenuPopup items={items} sideOffset={4} {...place} />
    </Base.Root>
  );
}
