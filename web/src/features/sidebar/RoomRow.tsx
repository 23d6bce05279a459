import { type CSSProperties, memo } from "react";
import { useTranslation } from "@/i18n";
import { useWorkspace } from "@/app/store";
import { Avatar, Badge, Icon, VisuallyHidden } from "@/ui";
import { rowOf, type RowView } from "./row";
import styles from "./Sidebar.module.css";

interface Props {
  rid: string;
  place: number;
  /** How many there are in the section, drawn or not. */
  of: number;
  current: boolean;
  /** Whether Tab reaches the list here. */
  reached: boolean;
}

/** One room's place in the list: when rooms change places, that is all that is drawn anew. */
export const RoomRow = memo(function RoomRow({ rid, place, of, current, reached }: Props) {
  return (
    <li className={styles.item} data-rid={rid} aria-setsize={of} aria-posinset={place + 1} style={{ "--place": place } as CSSProperties}>
      <Content rid={rid} current={current} reached={reached} />
    </li>
  );
});

/** It selects its own membership, so that what happens in one room draws one row. */
const Content = memo(function Content({ rid, current, reached }: Pick<Props, "rid" | "current" | "reached">) {
  const { t } = useTranslation();
  const row = useWorkspace((state) => rowOf(state, rid));
  if (!row) return null;
  return (
    <>
      <a
        href={row.path}
        className={styles.row}
        data-row
        data-unread={row.unread !== "none" || undefined}
        data-muted={row.muted || undefined}
        aria-current={current ? "page" : undefined}
        tabIndex={reached ? 0 : -1}
        draggable={false}
      >
        <Picture row={row} />
        <span className={styles.name} dir="auto">{row.title}</span>
        <Marks row={row} current={current} />
        {row.unread === "some" && <VisuallyHidden>{t("sidebar.row.unread")}</VisuallyHidden>}
        {row.muted && <VisuallyHidden>{t("sidebar.row.muted")}</VisuallyHidden>}
      </a>
      <button type="button" className={styles.more} tabIndex={-1} aria-label={t("sidebar.row.more", { name: row.title })} onClick={openMenu}>
        <Icon name="more" size="small" />
      </button>
    </>
  );
});

/** The menu of the second button, for who has but one. */
function openMenu({ currentTarget }: { currentTarget: HTMLElement }): void {
  const { left, bottom } = currentTarget.getBoundingClientRect();
  currentTarget.dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, cancelable: true, clientX: left, clientY: bottom }));
}

function Picture({ row }: { row: RowView }) {
  return (
    <span className={styles.picture}>
      {row.icon ? <Icon name={row.icon} size="small" /> : <Avatar name={row.title} username={row.username} etag={row.etag} size={20} presence={row.presence} />}
    </span>
  );
}

function Marks({ row, current }: { row: RowView; current: boolean }) {
  const { t } = useTranslation();
  return (
    <span className={styles.marks}>
      {row.typing && (
        <span className={styles.typing} title={t("sidebar.row.typing", { who: row.typing })}>
          <VisuallyHidden>{t("sidebar.row.typing", { who: row.typing })}</VisuallyHidden>
        </span>
      )}
      {row.failed && <Mark icon="alert" label={t("sidebar.row.failed")} />}
      {row.draft && !current && <Mark icon="pencil" label={t("sidebar.row.draft")} />}
      {row.count > 0 && <Badge count={row.count} kind="mention" />}
    </span>
  );
}

function Mark({ icon, label }: { icon: "alert" | "pencil"; label: string }) {
  return (
    <span className={styles.mark} data-kind={icon} title={label}>
      <Icon name={icon} size="small" />
      <VisuallyHidden>{label}</VisuallyHidden>
    </span>
  );
}
