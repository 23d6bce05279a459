import { useTranslation } from "react-i18next";
import { Icon, IconButton } from "@/ui";
import styles from "./Chips.module.css";
import { dropQuotes, stopEditing, useDesk } from "./desk";
import { splitQuotes } from "./quotes";

/** What the next text belongs to: the message it replaces, or those it quotes. */
export function Chips({ rid }: { rid: string }) {
  const { t } = useTranslation();
  const { editing, quotes } = useDesk(rid);
  if (editing) {
    return (
      <div className={styles.chip}>
        <Icon name="pencil" size="small" className={styles.icon} />
        <span className={styles.what}>{t("composer.editing")}</span>
        <span className={styles.text}>{t("composer.editingHint")}</span>
        <IconButton icon="close" size="small" label={t("composer.stopEditing")} shortcut="esc" onClick={() => stopEditing(rid)} />
      </div>
    );
  }
  return quotes.map((message) => (
    <div key={message._id} className={styles.chip}>
      <Icon name="quote" size="small" className={styles.icon} />
      <span className={styles.what}><bdi>{message.alias ?? message.u.name ?? message.u.username}</bdi></span>
      <span className={styles.text} dir="auto">{splitQuotes(message.msg).text}</span>
      <IconButton icon="close" size="small" label={t("composer.dropQuote")} onClick={() => dropQuotes(rid, message._id)} />
    </div>
  ));
}
