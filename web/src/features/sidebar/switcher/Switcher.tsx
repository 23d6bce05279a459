import { Dialog } from "@base-ui/react/dialog";
import { type KeyboardEvent, type RefObject, useEffect, useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "@/i18n";
import { useLocation } from "wouter";
import { view } from "@/app/view";
import { Avatar, Badge, Icon, IconButton, Kbd } from "@/ui";
import { type Line, useCandidates } from "./useCandidates";
import { ranked } from "./rank";
import styles from "./Switcher.module.css";

const close = () => view.setState({ switcher: false });

/** Any room, any person, any act, by a few letters of its name. */
export function Switcher({ open }: { open: boolean }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  // The page that was gone to says what has the focus; what had it before may be no more.
  const left = useRef(false);
  const finalFocus = () => {
    const stays = !left.current;
    left.current = false;
    return stays;
  };
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.popup} initialFocus={input} finalFocus={finalFocus} aria-label={t("sidebar.switcher.title")}>
          <Inside input={input} onLeave={() => (left.current = true)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Inside({ input, onLeave }: { input: RefObject<HTMLInputElement | null>; onLeave: () => void }) {
  const { t } = useTranslation();
  const [here, go] = useLocation();
  const [text, setText] = useState("");
  const [chosen, choose] = useState(0);
  const [opened] = useState(Date.now);
  const candidates = useCandidates(text, go);
  const lines = useMemo(() => ranked(candidates, text, opened), [candidates, text, opened]);
  const id = useId();
  const at = Math.min(chosen, Math.max(0, lines.length - 1));

  const take = (line: Line | undefined) => {
    if (!line) return;
    close();
    if (line.path && line.path !== here) onLeave();
    if (line.path) go(line.path);
    line.act?.();
  };
  const press = (event: KeyboardEvent) => {
    const last = lines.length - 1;
    const to = { ArrowDown: at === last ? 0 : at + 1, ArrowUp: at === 0 ? last : at - 1, PageDown: Math.min(at + 8, last), PageUp: Math.max(at - 8, 0) }[event.key];
    if (to !== undefined) choose(to);
    else if (event.key === "Enter" && !event.nativeEvent.isComposing) take(lines[at]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <span className={styles.field}>
        <Icon name="search" />
        <input
          ref={input}
          className={styles.input}
          role="combobox"
          aria-expanded
          aria-controls={id}
          aria-activedescendant={lines[at] && `${id}-${at}`}
          aria-label={t("sidebar.switcher.field")}
          placeholder={t("sidebar.switcher.field")}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            choose(0);
          }}
          onKeyDown={press}
        />
        <span className={styles.close}>
          <IconButton icon="close" label={t("sidebar.switcher.close")} onClick={close} />
        </span>
      </span>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role */}
      <div id={id} role="listbox" aria-label={t("sidebar.switcher.found")} className={styles.list}>
        {lines.map((line, place) => (
          <Choice key={line.key} id={`${id}-${place}`} line={line} chosen={place === at} onTake={() => take(line)} onPoint={() => choose(place)} />
        ))}
        {lines.length === 0 && <p className={styles.none}>{t("sidebar.switcher.none")}</p>}
      </div>
      <p className={styles.help}>
        <span>
          <Kbd keys="up" /> <Kbd keys="down" /> {t("sidebar.switcher.choose")}
        </span>
        <span>
          <Kbd keys="enter" /> {t("sidebar.switcher.open")}
        </span>
        <span>
          <Kbd keys="#" /> <Kbd keys="@" /> <Kbd keys=">" /> {t("sidebar.switcher.only")}
        </span>
      </p>
    </>
  );
}

interface ChoiceProps {
  id: string;
  line: Line;
  chosen: boolean;
  onTake: () => void;
  onPoint: () => void;
}

function Choice({ id, line, chosen, onTake, onPoint }: ChoiceProps) {
  const { t } = useTranslation();
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    // The field has the keys; a pointer may choose as well.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      ref={row}
      id={id}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="option"
      aria-selected={chosen}
      tabIndex={-1}
      className={styles.choice}
      data-unread={(line.unread ?? 0) > 0 || undefined}
      onClick={onTake}
      onPointerMove={() => chosen || onPoint()}
    >
      <span className={styles.picture}>
        {line.icon ? <Icon name={line.icon} size="small" /> : <Avatar name={line.title} username={line.username} size={20} />}
      </span>
      <span className={styles.title} dir="auto">{line.title}</span>
      {line.also && <span className={styles.also}>{line.kind === "person" ? `@${line.also}` : line.also}</span>}
      <span className={styles.end}>
        {line.kind === "action" ? t("sidebar.switcher.action") : null}
        <Badge count={line.count} kind="mention" />
      </span>
    </div>
  );
}
