import { cloneElement, type KeyboardEvent, type MouseEvent, type ReactElement, useState } from "react";

/** A button, as an element that takes attributes. */
export type Trigger = ReactElement<Record<string, unknown>>;

/** Why and by what something was closed, as the toolkit tells. */
export interface Closing {
  reason: string;
  event: Event;
  cancel(): void;
}

/** What tells the toolkit's parts from others: whether it opens or closes now. */
export type OnFloat = (open: boolean, closing: Closing) => void;

export interface Openable {
  trigger?: Trigger;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

interface Opener {
  /** The trigger, wired. */
  button: ReactElement | undefined;
  /** Where it is, for what opens at it; nothing before it is pressed. */
  at: HTMLElement | undefined;
  open: boolean;
  /** Whether a key opened it. */
  byKey: boolean;
  change: OnFloat;
}

/**
 * A button that opens something. It is a plain button until it is pressed: what it opens is neither loaded nor drawn before that,
 * where the toolkit's own triggers make a page with many buttons slow to begin. `load` is called when a press may be near.
 */
export function useOpener({ trigger, open: given, onOpenChange }: Openable, what: "menu" | "dialog", load: () => Promise<unknown>): Opener {
  const [at, stand] = useState<HTMLElement>();
  const [own, setOwn] = useState(false);
  const [byKey, note] = useState(false);
  const open = given ?? own;
  const set = (next: boolean) => {
    setOwn(next);
    onOpenChange?.(next);
  };
  const change: OnFloat = (next, { reason, event, cancel }) => {
    // The button answers for itself: else the press that closes would open anew.
    if (!next && reason === "outside-press" && at?.contains(event.target as Node)) cancel();
    else set(next);
  };
  const press = (button: HTMLElement, key: boolean) => {
    stand(button);
    note(key);
    // Not every browser gives the focus to what is pressed, and it comes back to what had it.
    if (document.activeElement !== button) button.focus({ preventScroll: true });
    set(!open);
  };
  const near = () => void load().catch(() => {});
  const wires = {
    "aria-haspopup": what,
    "aria-expanded": open,
    "data-popup-open": open ? "" : undefined,
    onPointerEnter: near,
    onFocus: near,
    // A key's click has no count.
    onClick: ({ currentTarget, detail }: MouseEvent<HTMLElement>) => press(currentTarget, detail === 0),
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (what !== "menu" || open || event.key !== "ArrowDown") return;
      event.preventDefault();
      press(event.currentTarget, true);
    },
  };
  return { button: trigger && cloneElement(trigger, wires), at, open, byKey, change };
}
