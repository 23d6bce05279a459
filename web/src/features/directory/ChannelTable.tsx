import { useState } from "react";
import { useTranslation } from "@/i18n";
import { Link, useLocation } from "wouter";
import { explain } from "@/app/explain";
import { roomPath } from "@/app/paths";
import { useWorkspace } from "@/app/store";
import { call } from "@/lib/client/link";
import type { Room } from "@/lib/protocol/documents";
import { asDate } from "@/lib/store/moments";
import { Badge, Button, Icon, shortCount, Table, type TableProps, toast } from "@/ui";
import { isJoined } from "./listing";
import { useDay } from "./useDay";
import styles from "./Directory.module.css";

type Props = Pick<TableProps<Room>, "rows" | "sort" | "onSortChange" | "loading" | "empty">;

const name = (room: Room) => <Name room={room} />;
const members = (room: Room) => shortCount(room.usersCount ?? 0);
const wayIn = (room: Room) => <WayIn room={room} />;

/** Channels: what they are about, how many are in them, and the way in. */
export function ChannelTable(props: Props) {
  const { t } = useTranslation();
  const day = useDay();
  const active = (room: Room) => day(asDate(room.lastMessage?.ts ?? room.lm));
  return (
    <Table
      caption={t("directory.channels.name")}
      rowKey={(room) => room._id}
      columns={[
        { key: "name", header: t("directory.channels.name"), sortable: true, cell: name },
        { key: "usersCount", header: t("directory.channels.members"), sortable: true, align: "end", width: "110px", cell: members },
        { key: "lastMessage", header: t("directory.channels.active"), sortable: true, align: "end", width: "130px", cell: active },
        { key: "act", header: t("directory.acts"), hideHeader: true, align: "end", width: "110px", cell: wayIn },
      ]}
      {...props}
    />
  );
}

function Name({ room }: { room: Room }) {
  const { t } = useTranslation();
  const about = room.topic || room.description;
  return (
    <span className={styles.entry}>
      <span className={styles.picture}>
        <Icon name={room.t === "p" ? "lock" : "hash"} size="small" />
      </span>
      <span className={styles.words}>
        <span className={styles.line}>
          {/* Whoever may not join yet sees what there is to read. */}
          <Link href={roomPath(room)} className={styles.name}>
            {room.fname || room.name}
          </Link>
          {room.archived && <Badge>{t("directory.channels.archived")}</Badge>}
          {room.ro && <Badge>{t("directory.channels.readOnly")}</Badge>}
        </span>
        {about && <span className={styles.about}>{about}</span>}
      </span>
    </span>
  );
}

function WayIn({ room }: { room: Room }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const joined = useWorkspace((state) => isJoined(state.subscriptions, room));
  const [busy, setBusy] = useState(false);
  const called = room.fname || room.name;
  if (joined) {
    return (
      <Button variant="ghost" size="small" icon="check" aria-label={`${t("directory.channels.joined")}: ${called}`} onClick={() => go(roomPath(room))}>
        {t("directory.channels.joined")}
      </Button>
    );
  }
  // A channel with a password asks for it on its own page.
  const look = room.joinCodeRequired || room.archived;
  const join = async () => {
    if (look) return go(roomPath(room));
    setBusy(true);
    try {
      await call("joinRoom", room._id);
      go(roomPath(room));
    } catch (thrown) {
      toast({ kind: "danger", title: t("directory.channels.notJoined", { name: called }), description: explain(thrown) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button size="small" loading={busy} aria-label={t(look ? "directory.channels.openNamed" : "directory.channels.joinNamed", { name: called })} onClick={() => void join()}>
      {t(look ? "directory.channels.open" : "directory.channels.join")}
    </Button>
  );
}
