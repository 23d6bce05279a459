import { cloneElement, type MouseEvent, type TouchEvent, useEffect, useRef, useState } from "react";
import type { MenuItem } from "./floats/menuItems";
import { Menu } from "./Menu";
import type { Trigger } from "./useOpener";

export interface ContextMenuProps {
  items: readonly MenuItem[];
  /** What is pressed with the second button, or long. All in the menu must be reachable without it too. */
  children: Trigger;
}

/** How long a finger rests until it means the menu, and how far it may move meanwhile, in ms and pixels. */
const LONG = 500;
const STILL = 10;
/** By then all is told that the browser makes of a finger's lifting, in ms. */
const LIFTED = 100;

interface Point {
  x: number;
  y: number;
}

export function ContextMenu({ items, children }: ContextMenuProps) {
  const [open, setOpen] = useState(false);
  const [{ x, y }, stand] = useState<Point>({ x: 0, y: 0 });
  const [byKey, note] = useState(false);
  const show = (point: Point, key = false) => {
    stand(point);
    note(key);
    setOpen(true);
  };
  const press = useLongPress(show);
  const onContextMenu = (event: MouseEvent) => {
    event.preventDefault();
    press.told();
    // The menu key gives no point where it was pressed.
    const { left, bottom } = (event.target as Element).getBoundingClientRect();
    const pointed = event.clientX !== 0 || event.clientY !== 0;
    // Else the second button's, or a finger's.
    const key = event.button !== 2 && (event.nativeEvent as PointerEvent).pointerType !== "touch";
    show(pointed ? { x: event.clientX, y: event.clientY } : { x: left, y: bottom }, key);
  };
  return (
    <>
      {cloneElement(children, { onContextMenu, onTouchStart: press.begin, onTouchMove: press.move, onTouchEnd: press.lift, onTouchCancel: press.lift, onClickCapture: press.click })}
      <Menu open={open} byKey={byKey} onOpenChange={(next) => setOpen(next || press.holds())} anchor={{ getBoundingClientRect: () => new DOMRect(x, y, 0, 0) }} items={items} />
    </>
  );
}

/** Where the one finger is. */
function pointOf({ touches }: TouchEvent): Point | undefined {
  const one = touches[0];
  return one && touches.length === 1 ? { x: one.clientX, y: one.clientY } : undefined;
}

/** A finger that rests: for browsers that make no menu of it themselves, and so that lifting it is no press in those that do. */
function useLongPress(show: (point: Point) => void) {
  const from = useRef<Point>(undefined);
  const timer = useRef(0);
  const holds = useRef(false);
  useEffect(() => () => clearTimeout(timer.current), []);
  const end = () => clearTimeout(timer.current);
  return {
    /** Whether the finger that opened the menu is still there, or was a moment ago. */
    holds: () => holds.current,
    /** The browser itself made a menu of it. */
    told() {
      end();
      holds.current = from.current !== undefined;
    },
    begin(event: TouchEvent) {
      end();
      holds.current = false;
      const at = pointOf(event);
      from.current = at;
      if (!at) return;
      timer.current = window.setTimeout(() => {
        holds.current = true;
        show(at);
      }, LONG);
    },
    move(event: TouchEvent) {
      const [at, start] = [pointOf(event), from.current];
      if (!at || !start || Math.hypot(at.x - start.x, at.y - start.y) > STILL) end();
    },
    lift() {
      end();
      from.current = undefined;
      timer.current = window.setTimeout(() => (holds.current = false), LIFTED);
    },
    /** Lifting the finger presses nothing. */
    click(event: MouseEvent) {
      if (!holds.current) return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}
