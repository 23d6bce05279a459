import { type CSSProperties, memo, useRef } from "react";
import { useTranslation } from "@/i18n";
import { Icon, IconButton } from "@/ui";
import { RoomRow } from "./RoomRow";
import type { SectionId } from "./sections";
import { useWindow } from "./useWindow";
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
  const list = useRef<HTMLUListElement>(null);
  const { from, to } = useWindow(list, rids.length);
  return (
    <section className={styles.section} aria-label={name}>
      <div className={styles.heading}>
        <h2>
          <button type="button" className={styles.fold} data-row data-fold={id} tabIndex={reached === id ? 0 : -1} aria-expanded={!collapsed} onClick={() => onToggle(id)}>
            <span>{name}</span>
            {collapsed && total > rids.length && <span className={styles.hidden}>{total - rids.length}</span>}
            <span className={styles.arrow}>
              <Icon name="chevron-down" size="small" />
            </span>
          </button>
        </h2>
        <span className={styles.add}>
          {onAdd && <IconButton icon="plus" size="small" label={t(id === "direct" ? "sidebar.newMessage" : "sidebar.newChannel")} tabIndex={-1} onClick={onAdd} tooltipSide="inline-end" />}
        </span>
      </div>
      {/* As high as all of them; drawn are those that are near, and those that the keyboard and the page are at. */}
      <ul ref={list} className={styles.rows} style={{ "--count": rids.length } as CSSProperties}>
        {rids.map((rid, place) =>
          (place >= from && place < to) || rid === current || rid === reached ? (
            <RoomRow key={rid} rid={rid} place={place} of={rids.length} current={rid === current} reached={rid === reached} />
          ) : null,
        )}
      </ul>
    </section>
  );
});
