import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "@/i18n";
import { Link } from "wouter";
import { Avatar, Badge, EmptyState, ErrorState, Icon, SearchField, Select, Table, type TableColumn } from "@/ui";
import { explain } from "../parts/explain";
import { Page } from "../parts/Page";
import { Pager } from "../parts/Pager";
import { useAnswer } from "../parts/useAnswer";
import { SIZE, usePage } from "../parts/usePage";
import { day, full } from "../parts/when";
import { type AdminRoom, listRooms, nameOf, type RoomFilter } from "./calls";
import styles from "../parts/List.module.css";

const filters: readonly RoomFilter[] = ["all", "c", "p", "d"];

export function RoomList({ asked }: { asked: string }) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<RoomFilter>("all");
  const page = usePage({ key: "name", direction: "ascending" }, asked, filter);
  const { sought, order, offset } = page;
  const ask = useCallback(() => listRooms({ filter, sought, order, offset, count: SIZE }), [filter, sought, order, offset]);
  const { data, error, loading, again } = useAnswer(ask);
  const columns = useColumns();
  return (
    <Page title={t("admin.section.rooms")} wide>
      <div className={styles.tools}>
        <SearchField label={t("admin.rooms.search")} value={page.text} onValueChange={page.write} />
        <Select
          label={t("admin.rooms.type")}
          hideLabel
          value={filter}
          onValueChange={setFilter}
          options={filters.map((value) => ({ value, label: t(`admin.rooms.filter.${value}`) }))}
        />
      </div>
      {error && !data ? (
        <ErrorState title={t("admin.rooms.failed")} body={explain(error)} onRetry={again} detail={error.id} />
      ) : (
        <Table
          caption={t("admin.section.rooms")}
          columns={columns}
          rows={data?.rooms ?? []}
          rowKey={(room) => room._id}
          sort={page.sort}
          onSortChange={page.setSort}
          loading={loading && !data}
          empty={<EmptyState icon="hash" title={t("admin.rooms.none")} body={t("admin.users.noneBody")} />}
        />
      )}
      <Pager offset={offset} size={SIZE} total={data?.total ?? 0} onMove={page.move} />
    </Page>
  );
}

function useColumns(): TableColumn<AdminRoom>[] {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const count = (value: number | undefined) => value?.toLocaleString(i18n.language);
    return [
      { key: "name", header: t("admin.rooms.name"), sortable: true, cell: (room) => <Which room={room} /> },
      { key: "t", header: t("admin.rooms.type"), width: "10rem", cell: (room) => t(`admin.rooms.kind.${room.t}`) },
      { key: "marks", header: t("admin.rooms.marks"), width: "12rem", cell: (room) => <RoomMarks room={room} /> },
      { key: "usersCount", header: t("admin.rooms.members"), width: "6rem", align: "end", sortable: true, cell: (room) => count(room.usersCount) },
      { key: "msgs", header: t("admin.rooms.messages"), width: "7rem", align: "end", sortable: true, cell: (room) => count(room.msgs) },
      {
        key: "ts",
        header: t("admin.rooms.created"),
        width: "8rem",
        sortable: true,
        cell: ({ ts }) => <span title={full(ts, i18n.language)}>{day(ts, i18n.language)}</span>,
      },
    ];
  }, [t, i18n.language]);
}

function Which({ room }: { room: AdminRoom }) {
  const name = nameOf(room);
  return (
    <Link href={`/admin/rooms/${encodeURIComponent(room._id)}`} className={styles.who}>
      <Avatar name={name} rid={room._id} etag={room.avatarETag} size={28} />
      <span className={styles.names}>
        <span className={styles.name}>
          <KindIcon room={room} />
          {name}
        </span>
        {room.topic && <span className={styles.under}>{room.topic}</span>}
      </span>
    </Link>
  );
}

function KindIcon({ room }: { room: AdminRoom }) {
  if (room.t === "d") return null;
  return <Icon name={room.t === "p" ? "lock" : "hash"} size="small" className={styles.kind} />;
}

export function RoomMarks({ room }: { room: AdminRoom }) {
  const { t } = useTranslation();
  return (
    <span className={styles.badges}>
      {room.archived && <Badge kind="warning">{t("admin.rooms.archived")}</Badge>}
      {room.ro && <Badge>{t("admin.rooms.readOnly")}</Badge>}
      {room.default && <Badge kind="accent">{t("admin.rooms.default")}</Badge>}
    </span>
  );
}
