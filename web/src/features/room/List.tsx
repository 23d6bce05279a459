import { memo, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "@/i18n";
import { useSearch } from "wouter";
import { useWorkspace } from "@/app/store";
import { handleMessageKey } from "@/features/actions";
import { Row } from "@/features/message";
import { day } from "@/i18n/format";
import { loadLatest } from "@/lib/client/timelines";
import { asCallError } from "@/lib/ddp/errors";
import type { Message } from "@/lib/protocol/documents";
import type { Pending } from "@/lib/store/state";
import { Button, ErrorState, Skeleton, toast } from "@/ui";
import { Announce } from "./Announce";
import { type Item, itemsOf } from "./items";
import styles from "./List.module.css";
import { useReading } from "./useReading";
import { type Scroll, useScroll } from "./useScroll";

const NONE: readonly never[] = [];
/** How long a message that was asked for is marked. */
const FLASH = 2_000;

/** The messages of a room. */
export function List({ rid, title }: { rid: string; title: string }) {
  const { t } = useTranslation();
  const timeline = useWorkspace((state) => state.timelines.get(rid));
  const whispers = useWorkspace((state) => state.whispers.get(rid) ?? NONE);
  const pending = useWorkspace((state) => state.outbox.get(rid) ?? NONE);
  const self = useWorkspace((state) => state.session?.uid);
  const { list, messages, atEnd, onScroll, toLatest, toMessage } = useScroll(rid, timeline);
  const { unreadSince, missed } = useReading(rid, atEnd, timeline);
  const flashed = useAsked(toMessage);
  const items = useMemo(
    () => itemsOf({ messages, whispers: atEnd ? whispers : NONE, pending: timeline?.hasNewer ? NONE : pending, unreadSince, self }),
    [messages, whispers, atEnd, pending, timeline?.hasNewer, unreadSince, self],
  );
  useOwnSent(pending.at(-1)?.message._id, toLatest);

  if (timeline?.error && messages.length === 0) {
    return <ErrorState title={t("room.failed.title")} body={t("room.failed.body", { reason: timeline.error.message })} onRetry={() => void loadLatest(rid)} />;
  }
  const loading = !timeline || (timeline.loading === "first" && messages.length === 0);
  return (
    <div className={styles.frame}>
      {/* A list that is scrolled by keys must be reachable by them. */}
      <div ref={list} className={styles.list} onScroll={onScroll} role="log" aria-live="off" aria-label={t("room.messages", { room: title })} tabIndex={0} onKeyDown={(event) => walk(event, messages)}>
        <div className={styles.content}>
          {loading ? <Loading /> : <Start hasOlder={timeline.hasOlder} empty={messages.length === 0} title={title} />}
          {items.map((item) => view(item, self, flashed))}
        </div>
      </div>
      <Announce timeline={timeline} />
      {atEnd ? null : <Jump missed={missed} onClick={toLatest} />}
    </div>
  );
}

/** The message that the address asks for: shown once the server can be asked, and marked for a moment. */
function useAsked(toMessage: Scroll["toMessage"]): string | undefined {
  const { t } = useTranslation();
  const asked = new URLSearchParams(useSearch()).get("msg") ?? undefined;
  const online = useWorkspace((state) => state.inSync && state.link.at === "open");
  const done = useRef<string>(undefined);
  const [flashed, flash] = useState<string>();
  useEffect(() => {
    if (asked === undefined) done.current = undefined;
    if (asked === undefined || !online || done.current === asked) return;
    done.current = asked;
    toMessage(asked).then(
      () => flash(asked),
      (error: unknown) => {
        // When the connection is back, it is asked for again.
        if (asCallError(error).transient) done.current = undefined;
        else toast({ title: t("room.noMessage"), kind: "danger" });
      },
    );
  }, [asked, online, t, toMessage]);
  useEffect(() => {
    if (flashed === undefined) return;
    const timer = setTimeout(() => flash(undefined), FLASH);
    return () => clearTimeout(timer);
  }, [flashed]);
  return flashed;
}

/** Who sends something wants to see it. */
function useOwnSent(newest: string | undefined, toLatest: () => void): void {
  const seen = useRef(newest);
  useEffect(() => {
    if (newest !== undefined && newest !== seen.current) toLatest();
    seen.current = newest;
  }, [newest, toLatest]);
}

/** Items are made anew with each change, their parts are not: what is drawn depends on those alone. */
function view(item: Item, self: string | undefined, flashed: string | undefined) {
  if (item.kind === "message") return <Said key={item.key} message={item.message} grouped={item.grouped} pending={item.pending} self={self} flashed={item.key === flashed} />;
  return <Line key={item.key} kind={item.kind} ts={item.kind === "day" ? item.ts : undefined} />;
}

const Line = memo(function Line({ kind, ts }: { kind: "day" | "unread"; ts: number | undefined }) {
  const { t } = useTranslation();
  const words = ts === undefined ? t("room.unread") : day(ts);
  return <div className={styles[kind]} role="separator" aria-label={words}><span>{words}</span></div>;
});

interface SaidProps {
  message: Message;
  grouped: boolean;
  pending: Pending | undefined;
  self: string | undefined;
  flashed: boolean;
}

const Said = memo(function Said({ message, grouped, pending, self, flashed }: SaidProps) {
  return <Row message={message} grouped={grouped} mine={names(message, self)} flashed={flashed} pending={pending} />;
});

function names(message: Message, self: string | undefined): boolean {
  if (message.u._id === self) return false;
  return message.mentions?.some((one) => one._id === self || one._id === "all" || one._id === "here") ?? false;
}

/** Arrows go from message to message; a letter acts on the one that is chosen. */
function walk(event: React.KeyboardEvent<HTMLDivElement>, messages: readonly Message[]): void {
  const target = event.target as HTMLElement;
  const chosen = target.closest<HTMLElement>("[data-message]");
  if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    if (target !== event.currentTarget && target !== chosen) return;
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-message]")];
    const place = chosen ? all.indexOf(chosen) + (event.key === "ArrowUp" ? -1 : 1) : all.length - 1;
    const next = all[Math.max(0, Math.min(all.length - 1, place))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
    event.preventDefault();
    return;
  }
  const message = target === chosen ? messages.find((one) => one._id === chosen?.dataset.message) : undefined;
  if (message) handleMessageKey(event, message);
}

function Start({ hasOlder, empty, title }: { hasOlder: boolean; empty: boolean; title: string }) {
  const { t } = useTranslation();
  if (hasOlder && !empty) return <Loading few />;
  return (
    <div className={styles.start}>
      <p className={styles.title}>{t("room.empty.title", { room: title })}</p>
      {empty ? <p>{t("room.empty.body")}</p> : null}
    </div>
  );
}

/** The shape of messages to come. */
function Loading({ few }: { few?: boolean }) {
  return (
    <div className={styles.loading} aria-hidden>
      {[62, 38, 80, 51, 70, 44].slice(0, few ? 2 : 6).map((width) => (
        <div key={width} className={styles.shape}>
          <Skeleton width="36px" height="36px" still={few} />
          <div>
            <Skeleton width="120px" height="12px" still={few} />
            <Skeleton width={`${width}%`} height="12px" still={few} />
          </div>
        </div>
      ))}
    </div>
  );
}

function Jump({ missed, onClick }: { missed: number; onClick(): void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.jump}>
      <Button variant="secondary" size="small" icon="arrow-down" onClick={onClick}>
        {missed > 0 ? t("room.jumpNew", { count: missed }) : t("room.jump")}
      </Button>
    </div>
  );
}
