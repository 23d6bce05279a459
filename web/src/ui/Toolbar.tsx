import { Toolbar as Base } from "@base-ui/react/toolbar";
import type { ReactElement, ReactNode } from "react";
import { classes } from "./classes";
import { IconButton, type IconButtonProps } from "./IconButton";
import styles from "./Toolbar.module.css";

export interface ToolbarProps {
  label: string;
  /** Lifted off what it stands over, as the actions of a message are. */
  raised?: boolean;
  className?: string;
  /** `ToolbarButton`s, `ToolbarItem`s and `ToolbarSeparator`s. One of them is reached by Tab, the others by arrows. */
  children: ReactNode;
}

export function Toolbar({ label, raised, className, children }: ToolbarProps) {
  return (
    <Base.Root aria-label={label} className={classes(styles.toolbar, raised && styles.raised, className)}>
      {children}
    </Base.Root>
  );
}

export function ToolbarButton({ size = "small", ...rest }: IconButtonProps) {
  return <Base.Button render={<IconButton size={size} {...rest} />} disabled={rest.disabled} />;
}

/** Any other button: the trigger of a menu, for one. */
export function ToolbarItem({ children }: { children: ReactElement<Record<string, unknown>> }) {
  return <Base.Button render={children} />;
}

export function ToolbarSeparator() {
  return <Base.Separator className={styles.separator} />;
}
