import { useMemo } from "react";
import { useTranslation } from "@/i18n";
import { useMay, useWorkspace } from "@/app/store";
import { badgeOf, titleOf, unreadOf } from "@/lib/store/rooms";
import type { MenuItem } from "@/ui";
import { copyLink, hide, markRead, markUnread, setFavourite } from "./acts";

/** What can be done with a room from its row. */
export function useRoomMenu(rid: string | undefined, onLeave: (rid: string) => void): MenuItem[] {
  const { t } = useTranslation();
  const subscription = useWorkspace((state) => (rid ? state.subscriptions.get(rid) : undefined));
  const room = useWorkspace((state) => (rid ? state.rooms.get(rid) : undefined));
  const mayLeave = useMay(subscription?.t === "p" ? "leave-p" : "leave-c", rid);
  return useMemo(() => {
    if (!rid || !subscription) return [];
    const name = titleOf(subscription, room);
    const isNew = unreadOf(subscription) !== "none" || badgeOf(subscription) > 0;
    const items: MenuItem[] = [
      isNew
        ? { label: t("sidebar.menu.read"), icon: "check", onSelect: () => markRead(rid) }
        : { label: t("sidebar.menu.unread"), icon: "inbox", disabled: !room?.lastMessage && (room?.msgs ?? 0) === 0, onSelect: () => markUnread(rid) },
      { label: t(subscription.f ? "sidebar.menu.unfavourite" : "sidebar.menu.favourite"), icon: "star", onSelect: () => setFavourite(rid, !subscription.f) },
      { label: t("sidebar.menu.copy"), icon: "link", onSelect: () => void copyLink(subscription) },
      { kind: "separator" },
      { label: t("sidebar.menu.hide"), icon: "eye-off", onSelect: () => void hide(rid, name) },
    ];
    if (subscription.t !== "d" && mayLeave) items.push({ label: t("sidebar.menu.leave"), icon: "log-out", danger: true, onSelect: () => onLeave(rid) });
    return items;
  }, [rid, subscription, room, mayLeave, onLeave, t]);
}
