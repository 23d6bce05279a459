import { useEffect } from "react";
import { useTranslation } from "@/i18n";
import { useLocation } from "wouter";
import { paths } from "@/app/paths";
import { useWorkspace } from "@/app/store";
import { togglePanel, useView } from "@/app/view";
import { count } from "@/i18n/format";
import { call } from "@/lib/client/link";
import { watchPresence } from "@/lib/client/presence";
import type { Room } from "@/lib/protocol/documents";
import { partnerOf } from "@/lib/store/rooms";
import { now, store } from "@/lib/store/state";
import { Avatar, Button, Icon, IconButton, toast } from "@/ui";
import styles from "./Room.module.css";

/** What room this is, and what stands beside it. */
export function Header({ rid, title }: { rid: string; title: string }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const room = useWorkspace((state) => state.rooms.get(rid));
  const panel = useView((view) => view.panels[rid]?.kind);
  const direct = room?.t === "d";
  return (
    <header className={styles.header}>
      <span className={styles.back}><IconButton icon="arrow-start" label={t("room.back")} onClick={() => go(paths.home)} /></span>
      {direct ? <Partner room={room} title={title} /> : <Named room={room} title={title} />}
      <span className={styles.roomy}><Favorite rid={rid} /></span>
      <span className={styles.space} />
      {direct ? null : (
        <Button variant="ghost" size="small" icon="users" aria-pressed={panel === "members"} aria-label={`${t("room.showMembers")}: ${t("room.members", { count: room?.usersCount ?? 0 })}`} onClick={() => togglePanel(rid, { kind: "members" })}>
          {count(room?.usersCount ?? 0)}
        </Button>
      )}
      <span className={styles.roomy}><IconButton icon="bell" label={t("room.showNotifications")} pressed={panel === "notifications"} onClick={() => togglePanel(rid, { kind: "notifications" })} /></span>
      <IconButton icon="info" label={t("room.showInfo")} pressed={panel === "info"} onClick={() => togglePanel(rid, { kind: "info" })} />
    </header>
  );
}

function Named({ room, title }: { room: Room | undefined; title: string }) {
  const { t } = useTranslation();
  const hidden = room?.t === "p";
  return (
    <>
      <span role="img" aria-label={t(hidden ? "room.private" : "room.public")} className={styles.kind}><Icon name={hidden ? "lock" : "hash"} /></span>
      <h1 className={styles.name}><bdi>{title}</bdi></h1>
      {room?.archived ? <span className={styles.mark}>{t("room.archived")}</span> : null}
      {room?.ro ? <span className={styles.mark}>{t("room.readOnly")}</span> : null}
      {room?.topic ? <p className={styles.topic} title={room.topic} dir="auto">{room.topic}</p> : null}
    </>
  );
}

function Partner({ room, title }: { room: Room; title: string }) {
  const uid = useWorkspace((state) => partnerOf(state, room));
  const presence = useWorkspace((state) => (uid ? state.presence.get(uid) : undefined));
  const self = useWorkspace((state) => state.me?.username);
  const username = room.usernames?.find((name) => name !== self) ?? self;
  useEffect(() => (uid ? watchPresence([uid]) : undefined), [uid]);
  return (
    <>
      <Avatar size={24} name={title} username={uid ? username : undefined} rid={uid ? undefined : room._id} presence={uid ? (presence?.status ?? "offline") : undefined} />
      <h1 className={styles.name}><bdi>{title}</bdi></h1>
      {presence?.text ? <p className={styles.topic} title={presence.text} dir="auto">{presence.text}</p> : null}
    </>
  );
}

function Favorite({ rid }: { rid: string }) {
  const { t } = useTranslation();
  const member = useWorkspace((state) => state.subscriptions.has(rid));
  const on = useWorkspace((state) => state.subscriptions.get(rid)?.f === true);
  if (!member) return null;
  const show = (f: boolean) =>
    now((draft) => {
      const one = draft.get("subscriptions").get(rid);
      if (one) draft.map("subscriptions").set(rid, { ...one, f });
    });
  async function toggle() {
    show(!on);
    try {
      await call("toggleFavorite", rid, !on);
    } catch {
      if (store.getState().subscriptions.has(rid)) show(on);
      toast({ title: t("room.favoriteFailed"), kind: "danger" });
    }
  }
  return <IconButton icon="star" label={t(on ? "room.unfavorite" : "room.favorite")} pressed={on} onClick={() => void toggle()} />;
}
