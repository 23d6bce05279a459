import { useCallback } from "react";
import { useTranslation } from "@/i18n";
import { Link } from "wouter";
import { roomPath } from "@/app/paths";
import { useMay } from "@/app/store";
import { Avatar, ErrorState, SkeletonList } from "@/ui";
import { explain } from "../parts/explain";
import { Facts, Page, Section } from "../parts/Page";
import { useAnswer } from "../parts/useAnswer";
import { full } from "../parts/when";
import { type AdminRoom, nameOf, readRoom } from "./calls";
import { RoomActs } from "./RoomActs";
import { RoomMarks } from "./RoomList";
import { RoomSwitch, RoomText } from "./RoomField";
import styles from "../parts/List.module.css";

/** One room: what is known of it, what can be changed, and apart from it what cuts deep. */
export function RoomDetails({ rid, language }: { rid: string; language: string }) {
  const { t } = useTranslation();
  const ask = useCallback(() => readRoom(rid), [rid]);
  const { data: room, error, again, put } = useAnswer(ask);
  return (
    <Page title={room ? nameOf(room) : t("admin.rooms.one")} back="/admin/rooms">
      {!room && error && <ErrorState title={t("admin.rooms.gone")} body={explain(error)} onRetry={again} detail={error.id} />}
      {!room && !error && <SkeletonList rows={6} />}
      {room && (
        <>
          <Head room={room} language={language} />
          {room.t !== "d" && <Edit room={room} onChange={(change) => put({ ...room, ...change })} />}
          <RoomActs room={room} onChange={(change) => put({ ...room, ...change })} />
        </>
      )}
    </Page>
  );
}

function Head({ room, language }: { room: AdminRoom; language: string }) {
  const { t } = useTranslation();
  const count = (value: number | undefined) => (value ?? 0).toLocaleString(language);
  return (
    <>
      <div className={styles.head}>
        <Avatar name={nameOf(room)} rid={room._id} etag={room.avatarETag} size={48} />
        <div>
          <p>
            {t(`admin.rooms.kind.${room.t}`)} · <Link href={roomPath(room)}>{t("admin.rooms.open")}</Link>
          </p>
          <RoomMarks room={room} />
        </div>
      </div>
      <Facts
        facts={[
          [t("admin.rooms.owner"), room.u?.username ? <Link href={`/admin/users/${encodeURIComponent(room.u._id)}`}><bdi>@{room.u.username}</bdi></Link> : "–"],
          [t("admin.rooms.members"), count(room.usersCount)],
          [t("admin.rooms.messages"), count(room.msgs)],
          [t("admin.rooms.lastMessage"), full(room.lm ?? room.lastMessage?.ts, language) || t("admin.users.never")],
          [t("admin.rooms.created"), full(room.ts, language) || "–"],
          [t("admin.users.id"), <code key="id">{room._id}</code>],
        ]}
      />
    </>
  );
}

function Edit({ room, onChange }: { room: AdminRoom; onChange: (change: Partial<AdminRoom>) => void }) {
  const { t } = useTranslation();
  const mayEdit = useMay("edit-room", room._id);
  const mayReadOnly = useMay("set-readonly", room._id);
  const mayReact = useMay("set-react-when-readonly", room._id);
  const locked = !mayEdit || Boolean(room.archived);
  const common = { room, onChange };
  return (
    <Section title={t("admin.rooms.edit")}>
      <RoomText {...common} field="roomName" label={t("admin.rooms.name")} value={room.fname || room.name || ""} disabled={locked} change={(name) => ({ name, fname: name })} />
      <RoomText {...common} field="roomTopic" label={t("admin.rooms.topic")} value={room.topic ?? ""} disabled={locked} change={(topic) => ({ topic })} />
      <RoomText {...common} field="roomDescription" label={t("admin.rooms.description")} value={room.description ?? ""} disabled={locked} lines change={(description) => ({ description })} />
      <RoomText {...common} field="roomAnnouncement" label={t("admin.rooms.announcement")} value={room.announcement ?? ""} disabled={locked} lines change={(announcement) => ({ announcement })} />
      <RoomSwitch
        {...common}
        label={t("admin.rooms.private")}
        hint={t("admin.rooms.privateHint")}
        checked={room.t === "p"}
        disabled={locked}
        send={(on) => ({ roomType: on ? "p" : "c" })}
        change={(on) => ({ t: on ? "p" : "c" })}
      />
      <RoomSwitch
        {...common}
        label={t("admin.rooms.readOnly")}
        hint={t("admin.rooms.readOnlyHint")}
        checked={room.ro ?? false}
        disabled={locked || !mayReadOnly}
        send={(readOnly) => ({ readOnly })}
        change={(ro) => ({ ro })}
      />
      {room.ro && (
        <RoomSwitch
          {...common}
          label={t("admin.rooms.react")}
          checked={room.reactWhenReadOnly ?? false}
          disabled={locked || !mayReact}
          send={(reactWhenReadOnly) => ({ reactWhenReadOnly })}
          change={(reactWhenReadOnly) => ({ reactWhenReadOnly })}
        />
      )}
      <RoomSwitch
        {...common}
        label={t("admin.rooms.defaultRoom")}
        hint={t("admin.rooms.defaultHint")}
        checked={room.default ?? false}
        disabled={locked}
        send={(on) => ({ default: on })}
        change={(on) => ({ default: on })}
      />
    </Section>
  );
}
