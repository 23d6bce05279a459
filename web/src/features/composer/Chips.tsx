import { useTranslation } from "@/i18n";
import { splitQuotes } from "@/lib/protocol/quotes";
import { Button, Icon, IconButton } from "@/ui";
import styles from "./Chips.module.css";
import { dropQuotes, stopEditing, useDesk } from "./desk";
import { dropNote, useNote } from "./notes";

/** What became of what was sent, where it did not simply go. */
export function NoteChip({ rid }: { rid: string }) {
  const { t } = useTranslation();
  const note = useNote(rid);
  return (
    <div role="status">
      {note ? (
        <div className={styles.chip} data-kind="note">
          <Icon name="alert" size="small" className={styles.icon} />
          <span className={styles.said}><span className={styles.what}>{note.text}</span> {note.detail}</span>
          {note.action ? <Button size="small" onClick={note.action.run}>{note.action.label}</Button> : null}
          <IconButton icon="close" size="small" label={t("composer.dropNote")} onClick={() => dropNote(rid)} />
        </div>
      ) : null}
    </div>
  );
}

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
