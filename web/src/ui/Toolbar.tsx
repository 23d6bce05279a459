import { useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import { classes } from "./classes";
import { IconButton, type IconButtonProps } from "./IconButton";
import { rove } from "./rove";
import styles from "./Toolbar.module.css";

export interface ToolbarProps {
  label: string;
  /** Lifted off what it stands over, as the actions of a message are. */
  raised?: boolean;
  className?: string;
  /** Any buttons: one of them is reached by Tab, the others by arrows. */
  children: ReactNode;
}

function members(bar: HTMLElement): HTMLElement[] {
  return [...bar.querySelectorAll<HTMLElement>("button:not(:disabled), a[href]")];
}

/** Leaves one member in the order of Tab: the one that had the focus last. */
function settle(bar: HTMLElement, chosen?: Element) {
  const all = members(bar);
  const stop = all.find((one) => one === chosen) ?? all.find((one) => one.dataset.stop !== undefined) ?? all[0];
  for (const one of all) {
    one.tabIndex = one === stop ? 0 : -1;
    if (one === stop) one.dataset.stop = "";
    else delete one.dataset.stop;
  }
}

export function Toolbar({ label, raised, className, children }: ToolbarProps) {
  const bar = useRef<HTMLDivElement>(null);
  // After every drawing: its members may have changed.
  useLayoutEffect(() => {
    if (bar.current) settle(bar.current);
  });
  return (
    <div
      ref={bar}
      role="toolbar"
      tabIndex={-1}
      aria-label={label}
      className={classes(styles.toolbar, raised && styles.raised, className)}
      onKeyDown={(event: KeyboardEvent<HTMLElement>) => void rove(event, members(event.currentTarget))}
      onFocus={(event) => settle(event.currentTarget, event.target)}
    >
      {children}
    </div>
  );
}

export function ToolbarButton({ size = "small", ...rest }: IconButtonProps) {
  return <IconButton size={size} {...rest} />;
}

/** Any other button as a member: the trigger of a menu, a letter. The bar finds it by itself; the name says it is meant. */
export function ToolbarItem({ children }: { children: ReactNode }) {
  return children;
}

export function ToolbarSeparator() {
  return <span aria-hidden="true" className={styles.separator} />;
}
