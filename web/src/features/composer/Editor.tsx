import { useId, useRef } from "react";
import { useTranslation } from "@/i18n";
import { useWorkspace } from "@/app/store";
import { titleOf } from "@/lib/store/rooms";
import { Icon, IconButton } from "@/ui";
import { Chips, NoteChip } from "./Chips";
import { CompletionList } from "./CompletionList";
import { useDesk } from "./desk";
import styles from "./Editor.module.css";
import { FormatBar } from "./FormatBar";
import { useEditor } from "./useEditor";
import { useFocus } from "./useFocus";

/** Where a message is written. */
export function Editor({ rid }: { rid: string }) {
  const { t } = useTranslation();
  const list = useId();
  const editing = useDesk(rid).editing !== undefined;
  const name = useWorkspace((state) => titleOf(state.subscriptions.get(rid), state.rooms.get(rid)));
  const direct = useWorkspace((state) => state.rooms.get(rid)?.t === "d");
  const field = useRef<HTMLTextAreaElement>(null);
  const { writing, completion, measure, ...editor } = useEditor(rid, field);
  const { filled, left } = measure;
  useFocus(field);
  const label = t(editing ? "composer.editField" : direct ? "composer.fieldDirect" : "composer.field", { name });
  return (
    <div className={styles.composer}>
      {completion.open ? <CompletionList id={list} options={completion.options} place={completion.place} onPoint={completion.point} onTake={editor.take} /> : null}
      <div className={styles.box} data-editing={editing || undefined}>
        <NoteChip rid={rid} />
        <Chips rid={rid} />
        <textarea
          ref={field}
          className={styles.field}
          rows={1}
          aria-label={label}
          placeholder={label}
          aria-autocomplete="list"
          aria-controls={completion.open ? list : undefined}
          aria-activedescendant={completion.open ? `${list}-${completion.place}` : undefined}
          aria-describedby={`${list}-left`}
          // What is written decides for itself; the words that invite to it stand where the page begins.
          dir={filled ? "auto" : undefined}
          onInput={editor.onInput}
          onSelect={editor.onSelect}
          onKeyDown={editor.onKeyDown}
          onPaste={editor.onPaste}
          onBlur={editor.onBlur}
        />
        <div className={styles.bar}>
          <FormatBar onChange={(what) => writing.change(what)} onEmoji={(char) => writing.insert(char)} />
          <span className={styles.space} />
          <Offline />
          <span id={`${list}-left`} className={styles.left} data-over={(left ?? 0) < 0 || undefined} role="status">
            {left === undefined ? null : left < 0 ? t("composer.tooLong", { count: -left }) : t("composer.left", { count: left })}
          </span>
          <IconButton
            icon={editing ? "check" : "send"}
            label={t(editing ? "composer.save" : "composer.send")}
            variant={filled ? "primary" : "ghost"}
            size="small"
            aria-disabled={!filled || (left ?? 0) < 0 || undefined}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => writing.send()}
          />
        </div>
      </div>
      <p className="sr-only" role="status">{completion.open ? t("composer.found", { count: completion.options.length }) : ""}</p>
    </div>
  );
}

/** That what is sent now waits: said where it is sent, in a place that is there anyway. */
function Offline() {
  const { t } = useTranslation();
  const away = useWorkspace((state) => state.link.at === "waiting");
  return away ? <span className={styles.offline} title={t("composer.offlineHint")}><Icon name="wifi-off" size="small" /> {t("composer.offline")}</span> : null;
}
