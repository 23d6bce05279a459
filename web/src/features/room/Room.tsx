import { useEffect, useState } from "react";
import { useTranslation } from "@/i18n";
import { useLocation } from "wouter";
import { paths } from "@/app/paths";
import { useWorkspace } from "@/app/store";
import { useView, view } from "@/app/view";
import { MessageDialogs } from "@/features/actions";
import { Composer } from "@/features/composer";
import { SidePanel } from "@/features/panel";
import { ask } from "@/lib/client/link";
import { putRoom } from "@/lib/client/sync";
import { showRoom } from "@/lib/client/timelines";
import type { RoomType } from "@/lib/protocol/documents";
import { titleOf } from "@/lib/store/rooms";
import { now } from "@/lib/store/state";
import { Button, EmptyState } from "@/ui";
import { Header } from "./Header";
import { List } from "./List";
import { roomNamed } from "./named";
import styles from "./Room.module.css";
import { Typing } from "./Typing";

/** The page of a room, by its kind and name. */
export function Room({ type, name }: { type: RoomType; name: string }) {
  // Not with half of what it shows: it would be drawn twice.
  const rid = useWorkspace((state) => (state.ready ? roomNamed(state, type, decodeURIComponent(name)) : undefined));
  const missing = useLookUp(type, decodeURIComponent(name), rid === undefined);
  if (rid !== undefined) return <Page key={rid} rid={rid} />;
  return missing ? <NotFound /> : null;
}

/** Asks the server for a room that this user is not in; whether there is none. */
function useLookUp(type: RoomType, name: string, unknown: boolean): boolean {
  const ready = useWorkspace((state) => state.inSync && state.link.at === "open");
  const [missing, note] = useState("");
  const [, go] = useLocation();
  useEffect(() => {
    if (!unknown || !ready) return;
    let here = true;
    void (async () => {
      try {
        const room = type === "d" && !/^[A-Za-z0-9]{17,}$/.test(name) ? await partner(name) : await ask("getRoomByTypeAndName", type, name);
        if (!here) return;
        if (typeof room === "string") return go(`/direct/${room}`, { replace: true });
        now((draft) => putRoom(draft, room));
      } catch {
        if (here) note(name);
      }
    })();
    return () => {
      here = false;
    };
  }, [type, name, unknown, ready, go]);
  return missing === name;
}

/** Links in mails name a direct conversation by who it is with. */
async function partner(username: string): Promise<string> {
  return (await ask("createDirectMessage", username)).rid;
}

function Page({ rid }: { rid: string }) {
  const room = useWorkspace((state) => state.rooms.get(rid));
  const subscription = useWorkspace((state) => state.subscriptions.get(rid));
  const gone = useWorkspace((state) => state.gone.get(rid));
  const panel = useView((one) => one.panels[rid]);
  const title = titleOf(subscription, room);
  useEffect(() => {
    view.setState({ rid });
    return () => {
      view.setState((one) => (one.rid === rid ? { rid: undefined } : one));
      forgetGone(rid);
    };
  }, [rid]);
  if (gone && !subscription) return <Gone name={gone.name} deleted={gone.by === "delete"} again={room?.t === "c" ? () => forgetGone(rid) : undefined} />;
  return (
    <div className={styles.page} data-panel={panel !== undefined}>
      <section className={styles.room}>
        <Header rid={rid} title={title} />
        {room?.announcement ? <Announcement text={room.announcement} /> : null}
        <Conversation rid={rid} title={title} />
      </section>
      <SidePanel rid={rid} />
    </div>
  );
}

function Conversation({ rid, title }: { rid: string; title: string }) {
  useEffect(() => showRoom(rid), [rid]);
  return (
    <>
      <List rid={rid} title={title} />
      <Typing rid={rid} />
      <Composer rid={rid} />
      <MessageDialogs />
    </>
  );
}

function Announcement({ text }: { text: string }) {
  const { t } = useTranslation();
  const [open, toggle] = useState(false);
  return (
    <button type="button" className={styles.announcement} data-open={open} aria-expanded={open} aria-label={`${t("room.announcement")}: ${text}`} onClick={() => toggle(!open)} dir="auto">
      {text}
    </button>
  );
}

/** That it ended has been said. */
function forgetGone(rid: string): void {
  now((draft) => {
    if (draft.get("gone").has(rid)) draft.map("gone").delete(rid);
  });
}

function Gone({ name, deleted, again }: { name: string; deleted: boolean; again: (() => void) | undefined }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  return <EmptyState page icon="user-minus" title={t("room.gone.title", { room: name })} body={t(deleted ? "room.gone.deleted" : "room.gone.body")} action={
    <>
      <Button onClick={() => go(paths.home)}>{t("app.notFound.home")}</Button>
      {again ? <Button variant="secondary" onClick={again}>{t("room.gone.again")}</Button> : null}
    </>
  } />;
}

function NotFound() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  return <EmptyState page icon="compass" title={t("room.notFound.title")} body={t("room.notFound.body")} action={<Button onClick={() => go(paths.home)}>{t("app.notFound.home")}</Button>} />;
}
