import { useTranslation } from "@/i18n";
import { useWorkspace } from "@/app/store";
import { closePanel, openPanel } from "@/app/view";
import { focusComposer, insertText } from "@/features/composer";
import { ProfileCard } from "@/features/people";
import { Panel } from "@/ui";
import { useRoomName } from "./names";

/** Writes a mention into what is being written in the room. */
function mention(rid: string, username: string): void {
  insertText(rid, `@${username} `);
  focusComposer(rid);
}

export function ProfilePane({ rid, username }: { rid: string; username: string }) {
  const { t } = useTranslation();
  const room = useRoomName(rid);
  const direct = useWorkspace((state) => state.rooms.get(rid)?.t === "d");
  const member = useWorkspace((state) => state.subscriptions.has(rid));
  const back = direct ? undefined : () => openPanel(rid, { kind: "members" });
  return (
    <Panel title={t("panel.profile.title")} subtitle={room} onBack={back} onClose={() => closePanel(rid)}>
      <ProfileCard username={username} {...(member && { onMention: (name: string) => mention(rid, name) })} />
    </Panel>
  );
}
