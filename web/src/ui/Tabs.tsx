import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import { Icon } from "./Icon";
import type { IconName } from "./icons";
import { shortCount } from "./Badge";
import styles from "./Tabs.module.css";

export interface TabOption<Value extends string> {
  value: Value;
  label: string;
  icon?: IconName;
  count?: number;
  disabled?: boolean;
  panel?: ReactNode;
}

export interface TabsProps<Value extends string> {
  label: string;
  tabs: readonly TabOption<Value>[];
  value: Value;
  onValueChange: (value: Value) => void;
}

export function Tabs<Value extends string>({ label, tabs, value, onValueChange }: TabsProps<Value>) {
  return (
    <Base.Root value={value} onValueChange={(next: Value) => onValueChange(next)} className={styles.tabs}>
      <Base.List aria-label={label} className={styles.list} activateOnFocus>
        {tabs.map((tab) => (
          <Base.Tab key={tab.value} value={tab.value} disabled={tab.disabled} className={styles.tab}>
            {tab.icon && <Icon name={tab.icon} size="small" />}
            {/* The bold text keeps its place in the thin one, so that nothing moves. */}
            <span className={styles.label} data-text={tab.label}>
              {tab.label}
            </span>
            {tab.count !== undefined && <span className={styles.count}>{shortCount(tab.count)}</span>}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className={styles.panel}>
          {tab.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
