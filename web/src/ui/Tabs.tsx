import { useId, type KeyboardEvent, type ReactNode } from "react";
import { shortCount } from "./Badge";
import { Icon } from "./Icon";
import type { IconName } from "./icons";
import { rove } from "./rove";
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

function move(event: KeyboardEvent<HTMLElement>) {
  rove(event, [...event.currentTarget.querySelectorAll<HTMLElement>("button:not(:disabled)")])?.click();
}

/** One is reached by Tab, the others by arrows, which also choose. Only the chosen panel is there. */
export function Tabs<Value extends string>({ label, tabs, value, onValueChange }: TabsProps<Value>) {
  const id = useId();
  const chosen = tabs.find((tab) => tab.value === value);
  return (
    <div className={styles.tabs}>
      <div role="tablist" tabIndex={-1} aria-label={label} className={styles.list} onKeyDown={move}>
        {tabs.map((tab) => (
          <Tab key={tab.value} tab={tab} id={id} chosen={tab === chosen} onChoose={() => onValueChange(tab.value)} />
        ))}
      </div>
      {chosen && (
        <div key={chosen.value} role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen.value}`} className={styles.panel}>
          {chosen.panel}
        </div>
      )}
    </div>
  );
}

interface TabProps {
  tab: TabOption<string>;
  id: string;
  chosen: boolean;
  onChoose: () => void;
}

function Tab({ tab, id, chosen, onChoose }: TabProps) {
  return (
    <button
      type="button"
      role="tab"
      id={`${id}-${tab.value}`}
      aria-selected={chosen}
      aria-controls={chosen ? `${id}-panel` : undefined}
      tabIndex={chosen ? 0 : -1}
      disabled={tab.disabled}
      className={styles.tab}
      onClick={onChoose}
    >
      {tab.icon && <Icon name={tab.icon} size="small" />}
      {/* The bold text keeps its place in the thin one, so that nothing moves. */}
      <span className={styles.label} data-text={tab.label}>
        {tab.label}
      </span>
      {tab.count !== undefined && <span className={styles.count}>{shortCount(tab.count)}</span>}
    </button>
  );
}
