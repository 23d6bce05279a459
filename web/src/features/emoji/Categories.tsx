import { useTranslation } from "@/i18n";
import { Toolbar, ToolbarItem } from "@/ui";
import type { Layout } from "./rows";
import styles from "./EmojiBoard.module.css";

const SIGNS: Record<string, string> = {
  recent: "🕒",
  smileys: "🙂",
  people: "👋",
  nature: "🐻",
  food: "🍎",
  travel: "🚗",
  activities: "⚽",
  objects: "💡",
  symbols: "❤️",
  flags: "🏳️",
};

/** Ways to the groups. */
export function Categories({ layout, onChoose }: { layout: Layout; onChoose: (top: number) => void }) {
  const { t } = useTranslation();
  return (
    <Toolbar label={t("emoji.groups")} className={styles.categories}>
      {layout.rows.map((row) =>
        row.kind === "title" ? (
          <ToolbarItem key={row.id}>
            <button type="button" className={styles.category} aria-label={t(`emoji.group.${row.id}`)} title={t(`emoji.group.${row.id}`)} onClick={() => onChoose(row.top)}>
              {SIGNS[row.id]}
            </button>
          </ToolbarItem>
        ) : null,
      )}
    </Toolbar>
  );
}
