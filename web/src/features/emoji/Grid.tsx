import { type CSSProperties, memo, type Ref, useState } from "react";
import { useTranslation } from "@/i18n";
import { inSight, type Layout, type PickerRow } from "./rows";
import { charOf, type Emoji } from "./table";
import styles from "./EmojiBoard.module.css";

interface GridProps {
  ref: Ref<HTMLDivElement>;
  id: string;
  layout: Layout;
  height: number;
  /** Takes the place of the groups too, so that the whole keeps its height. */
  tall: boolean;
  place: number;
  tone: number;
  onPlace: (place: number) => void;
  onPick: (emoji: Emoji) => void;
}

/** The emoji in lines, of which only those in sight are drawn. The focus stays in the search; `place` is where the keyboard is. */
export function Grid({ ref, id, layout, height, tall, place, tone, onPlace, onPick }: GridProps) {
  const { t } = useTranslation();
  const [scroll, setScroll] = useState(0);
  const rows = inSight(layout, scroll, height);
  const size = { "--height": `${layout.height}px` } as CSSProperties;
  return (
    <div ref={ref} className={styles.scroller} data-tall={tall || undefined} onScroll={(event) => setScroll(event.currentTarget.scrollTop)}>
      <div id={id} role="grid" aria-label={t("emoji.all")} aria-rowcount={layout.rows.length} className={styles.grid} style={size}>
        {rows.map((row) => (
          <Row key={row.top} row={row} id={id} tone={tone} active={activeIn(row, place)} onPlace={onPlace} onPick={onPick} />
        ))}
      </div>
    </div>
  );
}

function activeIn(row: PickerRow, place: number): number {
  if (row.kind === "title") return -1;
  const at = place - row.first;
  return at >= 0 && at < row.emoji.length ? at : -1;
}

interface RowProps extends Pick<GridProps, "id" | "tone" | "onPlace" | "onPick"> {
  row: PickerRow;
  /** The place within the row that the keyboard is at, or -1. */
  active: number;
}

const Row = memo(function Row({ row, id, tone, active, onPlace, onPick }: RowProps) {
  const { t } = useTranslation();
  const at = { "--top": `${row.top}px` } as CSSProperties;
  if (row.kind === "title") {
    return (
      <div role="row" className={styles.title} style={at}>
        <span role="rowheader">{t(`emoji.group.${row.id}`)}</span>
      </div>
    );
  }
  return (
    <div role="row" className={styles.line} style={at}>
      {row.emoji.map((emoji, column) => (
        <button
          key={emoji.char}
          type="button"
          id={`${id}-${row.first + column}`}
          role="gridcell"
          tabIndex={-1}
          aria-label={(emoji.names[0] ?? "").replaceAll("_", " ")}
          aria-selected={column === active}
          className={styles.cell}
          onPointerMove={column === active ? undefined : () => onPlace(row.first + column)}
          // The search keeps the focus, and a phone its keyboard as it is.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(emoji)}
        >
          {charOf(emoji, tone)}
        </button>
      ))}
    </div>
  );
});
