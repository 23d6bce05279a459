import type { ReactElement } from "react";
import { useTranslation } from "@/i18n";
import { useWorkspace } from "@/app/store";
import { Menu, type MenuItem, type MenuProps, PresenceDot } from "@/ui";
import { chooseStatus, statuses } from "./status";

/** The statuses that one can choose, as entries of a menu. */
export function useStatusItems(): MenuItem[] {
  const { t } = useTranslation();
  const chosen = useWorkspace((state) => state.me?.statusDefault ?? "online");
  return statuses.map((status) => ({
    label: t(status === "offline" ? "people.presence.invisible" : `people.presence.${status}`),
    leading: <PresenceDot status={status} label={null} />,
    checked: chosen === status,
    onSelect: () => void chooseStatus(status),
  }));
}

/** A menu of the statuses alone. */
export function PresenceMenu({ trigger, side, align }: { trigger: ReactElement<Record<string, unknown>> } & Pick<MenuProps, "side" | "align">) {
  return <Menu trigger={trigger} items={useStatusItems()} side={side} align={align} />;
}
