import { useTranslation } from "@/i18n";
import type { IconName, MenuAction } from "@/ui";
import type { MemberAction, RoomRole } from "./memberActions";

const roleIcons: Record<RoomRole, IconName> = { owner: "crown", moderator: "shield", leader: "megaphone" };
const icons: Record<Exclude<MemberAction["act"], "grant" | "revoke">, IconName> = {
  message: "message",
  profile: "user",
  mute: "mic-off",
  unmute: "mic",
  ignore: "eye-off",
  unignore: "eye",
  remove: "user-minus",
};

/** How each act is called; in a read-only room to mute is to let nobody write who could. */
export function useMemberWords(readOnly: boolean): (action: MemberAction) => Pick<MenuAction, "label" | "icon" | "danger"> {
  const { t } = useTranslation();
  return (action) => {
    if ("role" in action) return { label: t(`panel.act.${action.act}.${action.role}`), icon: roleIcons[action.role] };
    const { act } = action;
    const word = readOnly && (act === "mute" || act === "unmute") ? `${act}ReadOnly` : act;
    return { label: t(`panel.act.${word}`), icon: icons[act], ...(act === "remove" && { danger: true }) };
  };
}
