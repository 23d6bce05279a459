import type { FinalFocus } from "./floats/DialogFrame";
import type { MenuItem, MenuPlace } from "./floats/menuItems";
import { opening } from "./part";
import { type Openable, useOpener } from "./useOpener";

export interface MenuProps extends Openable, Pick<MenuPlace, "side" | "align" | "anchor"> {
  items: readonly MenuItem[];
  /** Opened by a key, where there is no trigger to tell: its first entry has the focus. */
  byKey?: boolean;
  finalFocus?: FinalFocus;
}

const MenuFloat = opening(async () => (await import("./floats")).MenuFloat);

/** A button with a menu; without a trigger it stands at `anchor`, and is opened from elsewhere. */
export function Menu({ anchor, items, byKey, finalFocus, side = "bottom", align = "start", ...openable }: MenuProps) {
  const { button, at, open, change, ...opener } = useOpener(openable, "menu", MenuFloat.load);
  return (
    <>
      {button}
      <MenuFloat open={open} onOpenChange={change} items={items} byKey={byKey ?? opener.byKey} anchor={anchor ?? at} side={side} align={align} finalFocus={finalFocus} />
    </>
  );
}
