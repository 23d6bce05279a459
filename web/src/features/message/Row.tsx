import { memo, type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "@/i18n";
import { openPanel } from "@/app/view";
import { MessageActions, ReactionBar } from "@/features/actions";
import { clock, full, time } from "@/i18n/format";
import { discard, retry } from "@/lib/client/outbox";
import type { Message } from "@/lib/protocol/documents";
import { isQuote } from "@/lib/protocol/quotes";
import { millis } from "@/lib/store/moments";
import type { Pending } from "@/lib/store/state";
import { Avatar, Button, Icon } from "@/ui";
import { Attachments } from "./Attachments";
import { Body } from "./Body";
import styles from "./Row.module.css";
import { useName } from "./names";
import { isSystem, systemText } from "./system";

export interface RowProps {
  message: Message;
  /** Whether it goes on where the message above left off. */
  grouped: boolean;
  /** Whether it names this user. */
  mine: boolean;
  /** Whether it was asked for by its link, and is shown so for a moment. */
  flashed?: boolean;
  pending?: Pending;
}

/** One message of a room. */
export const Row = memo(function Row(props: RowProps) {
  const { message, grouped, mine, flashed, pending } = props;
  // Actions are many parts: only the row that somebody is at has them.
  const [near, come] = useState(false);
  const name = useName(message.u, message.alias);
  if (isSystem(message)) return <SystemRow message={message} flashed={flashed} />;
  return (
    <article className={styles.row} data-message={message._id} tabIndex={-1} aria-describedby={`${message._id}-said`} data-grouped={grouped} data-mine={mine} data-flashed={flashed} data-pending={pending !== undefined} aria-label={`${name}, ${time(millis(message.ts))}`} onPointerEnter={() => come(true)} onFocus={() => come(true)}>
      <div className={styles.side}>
        {grouped ? <When message={message} short /> : <Picture message={message} name={name} />}
      </div>
      <div className={styles.main}>
        {grouped ? null : <Head message={message} name={name} reached={near} />}
        <Fold id={`${message._id}-said`}>
          <Attachments attachments={message.attachments?.filter(isQuote)} />
          {message.t === "rm" ? <Deleted /> : <Body message={message} />}
          {message.editedAt && message.t !== "rm" ? <Edited message={message} /> : null}
          <Attachments attachments={message.attachments?.filter((one) => !isQuote(one))} />
        </Fold>
        {message.private ? <Whisper /> : null}
        {pending ? <Fate pending={pending} /> : <ReactionBar message={message} />}
      </div>
      {!near || pending || message.private ? null : <div className={styles.actions}><MessageActions message={message} /></div>}
    </article>
  );
});

/** The time of a message; all there is to say of it when it is pointed at. */
function When({ message, short }: { message: Message; short?: boolean }) {
  const ms = millis(message.ts);
  const tell = ({ currentTarget }: PointerEvent<HTMLElement>) => (currentTarget.title = full(ms));
  return (
    <time className={short ? styles.aside : styles.meta} dateTime={new Date(ms).toISOString()} onPointerEnter={tell}>
      {short ? clock(ms) : time(ms)}
    </time>
  );
}

interface Named {
  message: Message;
  name: string;
}

function Picture({ message, name }: Named) {
  return <Avatar size={36} name={name} username={message.u.username} />;
}

/** `reached`: whether somebody is at the message. Tab passes by the names of all others. */
function Head({ message, name, reached }: Named & { reached: boolean }) {
  const { t } = useTranslation();
  const username = message.u.username;
  return (
    <p className={styles.head}>
      {username ? (
        <button type="button" className={styles.name} dir="auto" tabIndex={reached ? 0 : -1} title={`@${username}`} onClick={() => openPanel(message.rid, { kind: "profile", username })}>{name}</button>
      ) : <bdi className={styles.name}>{name}</bdi>}
      {message.alias && username ? <span className={styles.meta}>@{username}</span> : null}
      {username === "rocket.cat" ? <span className={styles.meta}>{t("message.bot")}</span> : null}
      <When message={message} />
    </p>
  );
}

function Deleted() {
  const { t } = useTranslation();
  return <p className={styles.deleted}>{t("message.deleted")}</p>;
}

function Edited({ message }: { message: Message }) {
  const { t } = useTranslation();
  const when = full(millis(message.editedAt));
  return <span className={styles.edited} title={t("message.editedBy", { name: message.editedBy?.username ?? "", when })}>{t("message.edited")}</span>;
}

function Whisper() {
  const { t } = useTranslation();
  return <p className={styles.note}><Icon name="eye" /> {t("message.private")}</p>;
}

function Fate({ pending }: { pending: Pending }) {
  const { t } = useTranslation();
  const { rid, _id } = pending.message;
  if (pending.fate === "sending") return <p className="sr-only">{t("message.sending")}</p>;
  if (pending.fate === "waiting") return <p className={styles.note}><Icon name="clock" /> {t("message.waiting")}</p>;
  const reason = pending.error?.message;
  return (
    <div className={styles.failed} role="alert">
      <span><Icon name="alert" /> {reason ? t("message.failed", { reason }) : t("message.failedNoReason")}</span>
      <Button size="small" variant="secondary" onClick={() => retry(rid, _id)}>{t("message.retry")}</Button>
      <Button size="small" variant="ghost" onClick={() => discard(rid, _id)}>{t("message.discard")}</Button>
    </div>
  );
}

function SystemRow({ message, flashed }: { message: Message; flashed: boolean | undefined }) {
  const { t } = useTranslation();
  const name = useName(message.u, message.alias);
  return (
    <article className={styles.system} data-message={message._id} tabIndex={-1} aria-labelledby={`${message._id}-said`} data-flashed={flashed}>
      <div className={styles.side}><When message={message} short /></div>
      <p id={`${message._id}-said`} className={styles.main} dir="auto"><bdi className={styles.who}>{name}</bdi> {systemText(message, t)}</p>
    </article>
  );
}

/** Long messages are folded at this height, in pixels: forty lines. */
const LONG = 40 * 22;

function Fold({ id, children }: { id: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [long, note] = useState(false);
  const [open, toggle] = useState(false);
  useEffect(() => {
    if (box.current && box.current.scrollHeight > LONG + 100) note(true);
  }, [children]);
  return (
    <>
      <div ref={box} id={id} className={styles.body} data-folded={long && !open}>{children}</div>
      {long ? <FoldButton open={open} onClick={() => toggle(!open)} /> : null}
    </>
  );
}

function FoldButton({ open, onClick }: { open: boolean; onClick: () => void }) {
  const { t } = useTranslation();
  return <Button size="small" variant="ghost" onClick={onClick} aria-expanded={open}>{t(open ? "message.showLess" : "message.showAll")}</Button>;
}
