import { type CSSProperties, type KeyboardEvent, useDeferredValue, useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "@/i18n";
import { Button, EmptyState, ErrorState, SearchField, SkeletonList } from "@/ui";
import { Categories } from "./Categories";
import { Grid } from "./Grid";
import { loadEmoji, useEmojiFailed, useEmojiTable } from "./load";
import { chooseTone, noteEmoji, recentEmoji } from "./own";
import { layOut, moved, rowOf, type Section } from "./rows";
import { searchTable } from "./search";
import { charOf, codeOf, type Emoji, type Table } from "./table";
import { TonePicker } from "./TonePicker";
import styles from "./EmojiBoard.module.css";

export interface EmojiBoardProps {
  /** Gets `:name:` and the character. */
  onPick: (code: string, char: string) => void;
}

/** Sizes in pixels, which the drawing of what is in sight counts with; a finger needs more. */
function sizes() {
  const touch = matchMedia("(max-width: 639px)").matches;
  return touch ? { cell: 44, title: 32, columns: 7, height: 308 } : { cell: 36, title: 28, columns: 9, height: 288 };
}

function sectionsOf(table: Table, text: string, recent: readonly string[]): Section[] {
  if (text.trim()) return [{ id: "", emoji: searchTable(table, text, recent) }];
  const lately = recent.map((name) => table.byName.get(name)).filter((one) => one !== undefined);
  return [{ id: "recent", emoji: lately }, ...table.groups];
}

/** All emoji, to search and to choose from; what a popover holds. */
export function EmojiBoard({ onPick }: EmojiBoardProps) {
  const { t } = useTranslation();
  const table = useEmojiTable();
  const failed = useEmojiFailed();
  const [size] = useState(sizes);
  const frame = { "--cell": `${size.cell}px`, "--title": `${size.title}px`, "--columns": size.columns, "--board": `${size.height}px` } as CSSProperties;
  return (
    <div className={styles.board} style={frame}>
      {table ? <Board table={table} size={size} onPick={onPick} /> : null}
      {!table && failed ? <ErrorState title={t("emoji.failed")} onRetry={() => void loadEmoji().catch(() => {})} /> : null}
      {!table && !failed ? <SkeletonList rows={9} /> : null}
    </div>
  );
}

function Board({ table, size, onPick }: EmojiBoardProps & { table: Table; size: ReturnType<typeof sizes> }) {
  const { t } = useTranslation();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [{ recent, tone }, setOwn] = useState(recentEmoji);
  const [text, setText] = useState("");
  const [place, setPlace] = useState(0);
  // A long list of what was found must not hold up the letters of the search.
  const wanted = useDeferredValue(text);
  const layout = useMemo(() => layOut(sectionsOf(table, wanted, recent), size.columns, size.cell, size.title), [table, wanted, recent, size]);
  const chosen = layout.emoji[Math.min(place, layout.emoji.length - 1)];

  const pick = (emoji: Emoji | undefined) => {
    if (!emoji) return;
    const code = codeOf(emoji, tone);
    noteEmoji(code);
    onPick(code, charOf(emoji, tone));
  };
  const go = (next: number) => {
    setPlace(next);
    const row = rowOf(layout, next);
    const box = scroller.current;
    if (!row || !box) return;
    if (row.top < box.scrollTop + size.title) box.scrollTop = Math.max(0, row.top - size.title);
    else if (row.top + size.cell > box.scrollTop + box.clientHeight) box.scrollTop = row.top + size.cell - box.clientHeight;
  };
  const key = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      return pick(chosen);
    }
    // Left and right move in the text while there is some, unless the list was gone into.
    const sideways = event.key === "ArrowLeft" || event.key === "ArrowRight";
    if (!(event.key === "ArrowUp" || event.key === "ArrowDown" || (sideways && (text === "" || place > 0)))) return;
    event.preventDefault();
    go(moved(layout, place, mirrored(event.key)));
  };
  const search = (next: string) => {
    setText(next);
    setPlace(0);
    if (scroller.current) scroller.current.scrollTop = 0;
  };
  return (
    <>
      <SearchField
        label={t("emoji.search")}
        value={text}
        onValueChange={search}
        onKeyDown={key}
        role="combobox"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={id}
        aria-activedescendant={chosen ? `${id}-${Math.min(place, layout.emoji.length - 1)}` : undefined}
      />
      {wanted ? null : <Categories layout={layout} onChoose={(top) => scroller.current?.scrollTo({ top })} />}
      {layout.emoji.length === 0 ? (
        <div className={styles.nothing} data-tall>
          <EmptyState title={t("emoji.nothing", { text: wanted })} action={<Button size="small" onClick={() => search("")}>{t("emoji.showAll")}</Button>} />
        </div>
      ) : (
        <Grid ref={scroller} id={id} tall={wanted !== ""} layout={layout} height={size.height} place={place} tone={tone} onPlace={setPlace} onPick={pick} />
      )}
      <footer className={styles.footer}>
        <p className={styles.chosen} aria-hidden="true">
          {chosen ? <><span className={styles.big}>{charOf(chosen, tone)}</span> <span className={styles.name}>{codeOf(chosen, tone)}</span></> : null}
        </p>
        <TonePicker tone={tone} onTone={(next) => (chooseTone(next), setOwn({ recent, tone: next }))} />
      </footer>
    </>
  );
}

/** Where the page runs right to left, so does the grid. */
function mirrored(key: string): string {
  if (document.documentElement.dir !== "rtl") return key;
  return key === "ArrowLeft" ? "ArrowRight" : key === "ArrowRight" ? "ArrowLeft" : key;
}
