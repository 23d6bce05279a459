import { Collapsible as Base } from "@base-ui/react/collapsible";
import type { ReactNode } from "react";
import { Icon } from "./Icon";
import styles from "./Disclosure.module.css";

export interface DisclosureProps {
  title: ReactNode;
  /** At the end of the line: a count, a state. */
  trailing?: ReactNode;
  open?: boolean;
  defaultOpen?: boolean;
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
}

export function Disclosure({ title, trailing, open, defaultOpen, onOpenChange, children }: DisclosureProps) {
  return (
    <Base.Root open={open} defaultOpen={defaultOpen} onOpenChange={(next) => onOpenChange?.(next)}>
      <Base.Trigger className={styles.trigger}>
        <span className={styles.arrow}>
          <Icon name="chevron-end" size="small" />
        </span>
        <span className={styles.title}>{title}</span>
        {trailing && <span className={styles.trailing}>{trailing}</span>}
      </Base.Trigger>
      <Base.Panel className={styles.panel}>{children}</Base.Panel>
    </Base.Root>
  );
}
