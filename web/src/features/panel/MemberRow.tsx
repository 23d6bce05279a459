import { useTranslation } from "@/i18n";
import type { FoundUser } from "@/lib/protocol/methods";
import { usePresence } from "@/features/people";
import { Avatar, Badge, Icon, IconButton, ListRow, Menu, type MenuItem, VisuallyHidden } from "@/ui";
import { type MemberAction, roomRoles } from "./memberActions";
import { useMemberWords } from "./memberWords";

interface MemberRowProps {
  member: FoundUser;
  roles: readonly string[];
  mine: boolean;
  muted: boolean;
  ignored: boolean;
  readOnly: boolean;
  actions: readonly MemberAction[];
  onAct: (action: MemberAction) => void;
}

export function MemberRow({ member, roles, mine, muted, ignored, readOnly, actions, onAct }: MemberRowProps) {
  const { t } = useTranslation();
  const presence = usePresence(member._id);
  const words = useMemberWords(readOnly);
  const name = member.name || member.username;
  const items = actions.flatMap<MenuItem>((action, place) => {
    const item: MenuItem = { ...words(action), onSelect: () => onAct(action) };
    const apart = action.act === "remove" || (place > 0 && "role" in action && !("role" in (actions[place - 1] ?? action)));
    return apart ? [{ kind: "separator" }, item] : [item];
  });
  return (
    <ListRow
      leading={<Avatar name={name} username={member.username} etag={member.avatarETag} size={28} presence={presence?.status ?? member.status ?? "offline"} />}
      title={<bdi>{name}</bdi>}
      meta={<bdi>{mine ? t("panel.members.you") : `@${member.username}`}</bdi>}
      description={presence?.text && <bdi>{presence.text}</bdi>}
      muted={ignored}
      trailing={
        <>
          {muted && !readOnly && <Mark icon="mic-off" label={t("panel.members.muted")} />}
          {ignored && <Mark icon="eye-off" label={t("panel.members.ignored")} />}
          {roomRoles.filter((role) => roles.includes(role)).map((role) => (
            <Badge key={role}>{t(`panel.roles.${role}`)}</Badge>
          ))}
        </>
      }
      onClick={() => onAct({ act: "profile" })}
      actions={<Menu align="end" items={items} trigger={<IconButton icon="more" label={t("panel.members.actions", { name })} size="small" tooltipSide="inline-start" />} />}
    />
  );
}

function Mark({ icon, label }: { icon: "mic-off" | "eye-off"; label: string }) {
  return (
    <>
      <Icon name={icon} size="small" />
      <VisuallyHidden>{label}</VisuallyHidden>
    </>
  );
}
