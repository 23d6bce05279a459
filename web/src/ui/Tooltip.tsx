import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";
import { Kbd } from "./Kbd";
import styles from "./Tooltip.module.css";

export interface TooltipProps {
  content: ReactNode;
  /** As `mod+k`. */
  shortcut?: string;
  side?: "top" | "bottom" | "inline-start" | "inline-end";
  /** One element that takes a ref and props. It must carry its own name: a tooltip is seen, not read out. */
  children: ReactElement<Record<string, unknown>>;
  disabled?: boolean;
}

export function Tooltip({ content, shortcut, side = "top", children, disabled }: TooltipProps) {
  return (
    <Base.Root disabled={disabled}>
      <Base.Trigger render={children} delay={400} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} collisionPadding={8} className={styles.positioner}>
          <Base.Popup className={styles.popup}>
            {content}
            {shortcut && <Kbd keys={shortcut} plain />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** Around the whole client: after one tooltip was waited for, its neighbours show at once. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return <Base.Provider timeout={300}>{children}</Base.Provider>;
}
