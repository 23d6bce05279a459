import { Menu as Base } from "@base-ui/react/menu";
import type { FocusEvent, ReactNode } from "react";
import type { FinalFocus } from "./DialogFrame";
import { Icon } from "../Icon";
import type { IconName } from "../icons";
import { Kbd } from "../Kbd";
import type { Anchor } from "../anchor";
import popup from "../popup.module.css";

export type MenuItem = MenuAction | MenuSubmenu | { kind: "separator" } | { kind: "label"; label: string };

export interface MenuAction {
  kind?: "item";
  label: string;
  hint?: string;
  icon?: IconName;
  /** In the icon's place: a presence dot, an avatar. */
  leading?: ReactNode;
  /** As `mod+k`. */
  shortcut?: string;
  danger?: boolean;
  disabled?: boolean;
  /** A choice that is on or off, when given; the menu then stays open. */
  checked?: boolean;
  onSelect?: () => void;
  /** A link instead of an act. */
  href?: string;
}

export interface MenuSubmenu {
  kind: "submenu";
  label: string;
  icon?: IconName;
  disabled?: boolean;
  items: readonly MenuItem[];
}

export function MenuItems({ items }: { items: readonly MenuItem[] }) {
  // Menus are short and change as a whole: the place is the identity.
  return items.map((item, place) => <Entry key={`${place}-${"label" in item ? item.label : ""}`} item={item} />);
}

function Entry({ item }: { item: MenuItem }) {
  if (item.kind === "separator") return <Base.Separator className={popup.separator} />;
  if (item.kind === "label") return <div className={popup.label}>{item.label}</div>;
  if (item.kind === "submenu") return <Submenu item={item} />;
  if (item.checked !== undefined) return <Check item={item} />;
  const looks = { className: popup.item, "data-danger": item.danger || undefined };
  if (item.href !== undefined) {
    return (
      <Base.LinkItem href={item.href} closeOnClick {...looks}>
        <Content item={item} />
      </Base.LinkItem>
    );
  }
  return (
    <Base.Item disabled={item.disabled} onClick={item.onSelect} {...looks}>
      <Content item={item} />
    </Base.Item>
  );
}

function Check({ item }: { item: MenuAction }) {
  return (
    <Base.CheckboxItem checked={item.checked} disabled={item.disabled} onCheckedChange={item.onSelect} className={popup.item}>
      <Content item={item} />
      <span className={popup.mark}>
        <Base.CheckboxItemIndicator>
          <Icon name="check" size="small" />
        </Base.CheckboxItemIndicator>
      </span>
    </Base.CheckboxItem>
  );
}

function Submenu({ item }: { item: MenuSubmenu }) {
  return (
    <Base.SubmenuRoot disabled={item.disabled}>
      <Base.SubmenuTrigger className={popup.item}>
        <Content item={item} />
        <Icon name="chevron-end" size="small" />
      </Base.SubmenuTrigger>
      <MenuPopup items={item.items} side="inline-end" align="start" sideOffset={-2} />
    </Base.SubmenuRoot>
  );
}

function Content({ item }: { item: MenuAction | MenuSubmenu }) {
  return (
    <>
      {item.icon && <Icon name={item.icon} size="small" />}
      {"leading" in item && item.leading}
      <span className={popup.text}>
        {item.label}
        {"hint" in item && item.hint && <span className={popup.hint}>{item.hint}</span>}
      </span>
      {"shortcut" in item && item.shortcut && (
        <span className={popup.end}>
          <Kbd keys={item.shortcut} plain />
        </span>
      )}
    </>
  );
}

export interface MenuPlace {
  anchor?: Anchor;
  side?: "top" | "bottom" | "inline-start" | "inline-end";
  align?: "start" | "center" | "end";
  sideOffset?: number;
}

interface MenuPopupProps extends MenuPlace {
  items: readonly MenuItem[];
  /** Opened by a key: then the first entry has the focus, which otherwise none has. */
  byKey?: boolean;
  finalFocus?: FinalFocus;
}

export function MenuPopup({ items, byKey, finalFocus, ...place }: MenuPopupProps) {
  const enter = ({ currentTarget, target, relatedTarget }: FocusEvent<HTMLElement>) => {
    // Where the toolkit sets the focus when it opens; nobody else does.
    if (byKey && target === currentTarget && !currentTarget.contains(relatedTarget)) currentTarget.querySelector<HTMLElement>("[role^=menuitem]:not([aria-disabled=true])")?.focus();
  };
  return (
    <Base.Portal>
      <Base.Positioner className={popup.positioner} collisionPadding={8} {...place}>
        <Base.Popup className={popup.popup} finalFocus={finalFocus} onFocus={enter}>
          <MenuItems items={items} />
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  );
}
