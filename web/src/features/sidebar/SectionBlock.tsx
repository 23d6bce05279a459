import { memo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon, IconButton } from "@/ui";
import type { SectionId } from "./sections";
import { RoomRow } from "./RoomRow";
import styles from "./Sidebar.module.css";

interface Props {
  id: SectionId;
  rids: readonly string[];
  /** How many there are, shown or not. */
  total: number;
  collapsed: boolean;
  current: string | undefined;
  reached: string | undefined;
  onToggle: (id: SectionId) => void;
  /** Makes a new one of this kind. */
  onAdd?: () => void;
}

/** One section: its name folds it. */
export const SectionBlock = memo(function SectionBlock({ id, rids, total, collapsed, current, reached, onToggle, onAdd }: Props) {
  const { t } = useTranslation();
  const name = t(`sidebar.sections.${id}`);
  return (
    <section className={styles.section} aria-label={name}>
      <Heading
        add={onAdd && <IconButton icon="plus" size="small" label={t(id === "direct" ? "sidebar.newMessage" : "sidebar.newChannel")} tabIndex={-1} onClick={onAdd} tooltipSide="inline-end" />}
      >
        <button type="button" className={styles.fold} data-row data-fold={id} tabIndex={reached === id ? 0 : -1} aria-expanded={!collapsed} onClick={() => onToggle(id)}>
          <span>{name}</span>
          {collapsed && total > rids.length && <span className={styles.hidden}>{total - rids.length}</span>}
          <span className={styles.arrow}>
            <Icon name="chevron-down" size="small" />
          </span>
        </button>
      </Heading>
      <ul>
        {rids.map((rid) => (
          <RoomRow key={rid} rid={rid} current={rid === current} reached={rid === reached} />
        ))}
      </ul>
    </section>
  );
});

function Heading({ children, add }: { children: ReactNode; add: ReactNode }) {
  return (
    <div className={styles.heading}>
      <h2>{children}</h2>
      <span className={styles.add}>{add}</span>
    </div>
  );
}
