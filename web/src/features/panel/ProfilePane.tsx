import { useTranslation } from "react-i18next";
import { useWorkspace } from "@/app/store";
import { closePanel, openPanel } from "@/app/view";
import { ProfileCard } from "@/features/people";
import { Panel } from "@/ui";
import { useRoomName } from "./names";
import { mentionIn } from "./mention";

export function ProfilePane({ rid, username }: { rid: string; username: string }) {
  const { t } = useTranslation();
  const room = useRoomName(rid);
  const direct = useWorkspace((state) => state.rooms.get(rid)?.t === "d");
  const member = useWorkspace((state) => state.subscriptions.has(rid));
  const back = direct ? undefined : () => openPanel(rid, { kind: "members" });
  return (
    <Panel title={t("panel.profile.title")} subtitle={room} onBack={back} onClose={() => closePanel(rid)}>
      <ProfileCard username={username} {...(member && { onMention: (name: string) => mentionIn(rid, name) })} />
    </Panel>
  );
}
