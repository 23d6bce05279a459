import { ContextMenu as Base } from "@base-ui/react/context-menu";
import type { ReactElement } from "react";
import { MenuPopup, type MenuItem } from "./menuItems";

export interface ContextMenuProps {
  items: readonly MenuItem[];
  /** What is pressed with the second button, or long. All in the menu must be reachable without it too. */
  children: ReactElement<Record<string, unknown>>;
}

export function ContextMenu({ items, children }: ContextMenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <MenuPopup items={items} />
    </Base.Root>
  );
}
