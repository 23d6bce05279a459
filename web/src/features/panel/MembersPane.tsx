import { useRef, useState } from "react";
import { useTranslation } from "@/i18n";
import { explain } from "@/app/explain";
import { useWorkspace } from "@/app/store";
import { closePanel } from "@/app/view";
import { may } from "@/lib/store/permissions";
import type { FoundUser } from "@/lib/protocol/methods";
import { Button, EmptyState, ErrorState, IconButton, Panel, SearchField, Select, SkeletonList } from "@/ui";
import { InviteDialog } from "./InviteDialog";
import { InviteLinkDialog } from "./InviteLinkDialog";
import { MemberRow } from "./MemberRow";
import { RemoveDialog } from "./RemoveDialog";
import { isMuted, mayInvite, mayInviteByLink, memberActions } from "./memberActions";
import { useRoomName } from "./names";
import { useMemberActs } from "./useMemberActs";
import { useArrows } from "./useArrows";
import { useMembers } from "./useMembers";
import { useReach } from "./useReach";
import { useRoomRoles } from "./useRoomRoles";
import { useSituation } from "./useSituation";
import styles from "./MembersPane.module.css";

/** Who is in a room. */
export function MembersPane({ rid }: { rid: string }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [show, setShow] = useState<"all" | "online">("all");
  const [inviting, setInviting] = useState<"people" | "link">();
  const members = useMembers({ rid, text, online: show === "online" });
  const name = useRoomName(rid);
  const invites = useWorkspace((state) => mayInvite(state.rooms.get(rid), state.subscriptions.has(rid), (permission) => may(state, permission, rid)));
  const links = useWorkspace((state) => mayInviteByLink(state.rooms.get(rid), state.subscriptions.has(rid), (permission) => may(state, permission, rid)));
  const total = members.roster?.total;
  const shows = (["all", "online"] as const).map((value) => ({ value, label: t(`panel.members.${value}`) }));
  return (
    <Panel
      title={t("panel.members.title")}
      subtitle={total === undefined ? name : t("panel.members.count", { count: total, room: name })}
      onClose={() => closePanel(rid)}
      actions={
        <>
          {links && <IconButton icon="link" label={t("panel.inviteLink.open")} onClick={() => setInviting("link")} tooltipSide="bottom" />}
          {invites && <IconButton icon="user-plus" label={t("panel.invite.open")} onClick={() => setInviting("people")} tooltipSide="bottom" />}
        </>
      }
      toolbar={
        <div className={styles.tools}>
          <SearchField label={t("panel.members.search")} value={text} onValueChange={setText} />
          <Select label={t("panel.members.show")} hideLabel options={shows} value={show} onValueChange={setShow} />
        </div>
      }
      flush
    >
      <List rid={rid} members={members} text={text} />
      <InviteDialog rid={rid} open={inviting === "people"} onOpenChange={(open) => setInviting(open ? "people" : undefined)} />
      <InviteLinkDialog rid={rid} open={inviting === "link"} onOpenChange={(open) => setInviting(open ? "link" : undefined)} />
    </Panel>
  );
}

function List({ rid, members, text }: { rid: string; members: ReturnType<typeof useMembers>; text: string }) {
  const { t } = useTranslation();
  const { roster, error, busy, loadMore, retry } = members;
  const list = useArrows();
  const end = useReach(loadMore);
  const [roles, showRole] = useRoomRoles(rid);
  const [leaving, setLeaving] = useState<FoundUser>();
  const act = useMemberActs(rid, { showRole, remove: setLeaving });
  const situation = useSituation(rid);
  const box = useRef<HTMLDivElement>(null);
  const gone = useRef(false);
  const onRemoved = (member: string) => {
    gone.current = true;
    members.drop(member);
  };
  // The button that asked goes with its row.
  const finalFocus = () => {
    const first = gone.current ? box.current?.querySelector("button") : undefined;
    gone.current = false;
    return first ?? true;
  };
  if (error !== undefined && !roster) return <ErrorState title={t("panel.members.failed")} body={explain(error)} onRetry={retry} />;
  if (!roster || !situation) return <SkeletonList rows={8} avatar />;
  if (roster.members.length === 0) {
    return <EmptyState icon="users" title={text ? t("panel.members.nobody", { text }) : t("panel.members.nobodyOnline")} />;
  }
  const { room, uid, ignored } = situation;
  return (
    <div ref={box} className={styles.scroll} aria-busy={busy}>
      <ul ref={list} aria-label={t("panel.members.title")}>
        {roster.members.map((member) => {
          const held = roles.get(member._id) ?? [];
          const actions = memberActions({ ...situation, member, roles: held });
          return (
            <li key={member._id} className={styles.member}>
              <MemberRow
                member={member}
                roles={held}
                mine={member._id === uid}
                muted={isMuted(room, member.username)}
                ignored={ignored.includes(member._id)}
                readOnly={room.ro === true}
                actions={actions}
                onAct={(action) => act(member, action)}
              />
            </li>
          );
        })}
      </ul>
      {roster.more && (
        <Button key={roster.members.length} ref={end} wide variant="ghost" loading={busy} onClick={loadMore}>
          {t("panel.members.more")}
        </Button>
      )}
      {error !== undefined && <p className={styles.failed}>{explain(error)}</p>}
      <RemoveDialog rid={rid} member={leaving} onClose={() => setLeaving(undefined)} onRemoved={onRemoved} finalFocus={finalFocus} />
    </div>
  );
}
