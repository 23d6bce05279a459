import { useMemo, useState } from "react";
import { useTranslation } from "@/i18n";
import { Link } from "wouter";
import { Badge, ConfirmDialog, EmptyState, ErrorState, Icon, IconButton, Table, type TableColumn, toast } from "@/ui";
import { explain } from "../parts/explain";
import { Page } from "../parts/Page";
import { Pager } from "../parts/Pager";
import { useAnswer } from "../parts/useAnswer";
import { SIZE } from "../parts/usePage";
import { day, full } from "../parts/when";
import { type AdminInvite, type ListedInvite, listInvites, removeInvite, roomOf } from "./calls";
import styles from "../parts/List.module.css";

/** All links that invite into rooms. */
export default function Invites() {
  const { t } = useTranslation();
  const { data, error, loading, again, put } = useAnswer(listInvites);
  const [offset, move] = useState(0);
  const [taking, take] = useState<AdminInvite>();
  const columns = useColumns(take);
  const gone = (_id: string) => put((data ?? []).filter((one) => one._id !== _id));
  // What is taken back may have been the last of its page.
  const from = Math.min(offset, Math.max(0, Math.ceil((data?.length ?? 0) / SIZE) - 1) * SIZE);
  return (
    <Page title={t("admin.section.invites")} about={t("admin.invites.about")} wide>
      {error && !data ? (
        <ErrorState title={t("admin.rooms.failed")} body={explain(error)} onRetry={again} detail={error.id} />
      ) : (
        <Table
          caption={t("admin.section.invites")}
          columns={columns}
          rows={data?.slice(from, from + SIZE) ?? []}
          rowKey={(invite) => invite._id}
          loading={loading && !data}
          empty={<EmptyState icon="link" title={t("admin.invites.none")} body={t("admin.invites.noneBody")} />}
        />
      )}
      <Pager offset={from} size={SIZE} total={data?.length ?? 0} onMove={move} />
      {taking && <TakeBack invite={taking} onGone={gone} onClose={() => take(undefined)} />}
    </Page>
  );
}

function useColumns(onTake: (invite: AdminInvite) => void): TableColumn<ListedInvite>[] {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const { language } = i18n;
    const most = (invite: AdminInvite) => (invite.maxUses ? invite.maxUses.toLocaleString(language) : t("admin.invites.unlimited"));
    return [
      { key: "room", header: t("admin.rooms.one"), cell: (invite) => <Where invite={invite} /> },
      { key: "by", header: t("admin.invites.by"), width: "12rem", cell: ({ u, userId }) => <bdi>{u?.name || u?.username || userId}</bdi> },
      { key: "uses", header: t("admin.invites.uses"), width: "9rem", cell: (invite) => t("admin.invites.usesOf", { uses: invite.uses.toLocaleString(language), most: most(invite) }) },
      { key: "created", header: t("admin.rooms.created"), width: "8rem", cell: ({ createdAt }) => <span title={full(createdAt, language)}>{day(createdAt, language)}</span> },
      { key: "ends", header: t("admin.invites.ends"), width: "9rem", cell: (invite) => <Ends invite={invite} /> },
      {
        key: "acts",
        header: t("admin.roles.acts"),
        hideHeader: true,
        width: "4rem",
        align: "end",
        cell: (invite) => <IconButton icon="trash" size="small" label={t("admin.invites.takeFrom", { room: roomOf(invite) })} onClick={() => onTake(invite)} />,
      },
    ];
  }, [t, i18n, onTake]);
}

function Where({ invite }: { invite: AdminInvite }) {
  const name = roomOf(invite);
  if (!invite.room) return <bdi>{name}</bdi>;
  return (
    <Link href={`/admin/rooms/${encodeURIComponent(invite.rid)}`} className={styles.who}>
      <span className={styles.name}>
        <Icon name={invite.room.t === "p" ? "lock" : "hash"} size="small" className={styles.kind} />
        <bdi>{name}</bdi>
      </span>
    </Link>
  );
}

function Ends({ invite }: { invite: ListedInvite }) {
  const { t, i18n } = useTranslation();
  if (invite.end !== "open") return <Badge>{t(`admin.invites.end.${invite.end}`)}</Badge>;
  if (!invite.expires) return t("admin.invites.never");
  return <span title={full(invite.expires, i18n.language)}>{day(invite.expires, i18n.language)}</span>;
}

function TakeBack({ invite, onGone, onClose }: { invite: AdminInvite; onGone: (id: string) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const room = roomOf(invite);
  const confirm = async () => {
    try {
      await removeInvite(invite._id);
    } catch (thrown) {
      throw new Error(explain(thrown), { cause: thrown });
    }
    onGone(invite._id);
    toast({ kind: "success", title: t("admin.invites.taken", { room }) });
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("admin.invites.takeTitle", { room })}
      body={t("admin.invites.takeBody")}
      confirmLabel={t("admin.invites.take")}
      danger
      onConfirm={confirm}
    />
  );
}
