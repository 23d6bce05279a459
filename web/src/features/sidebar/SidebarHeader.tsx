import { useTranslation } from "@/i18n";
import { setPreferences } from "@/app/preferences";
import { useSetting, useMay, useWorkspace } from "@/app/store";
import { view } from "@/app/view";
import { Icon, IconButton, Kbd, Menu, type MenuItem } from "@/ui";
import { refused } from "./acts";
import { choicesOf } from "./sections";
import styles from "./Sidebar.module.css";

/** Whose workspace it is, the way to any room, and what can be made. */
export function SidebarHeader() {
  const { t } = useTranslation();
  const site = useSetting("Site_Name");
  return (
    <header className={styles.header}>
      <div className={styles.top}>
        <span className={styles.site}>{typeof site === "string" && site ? site : t("sidebar.product")}</span>
        <SortMenu />
        <CreateMenu />
      </div>
      <button type="button" className={styles.jump} onClick={() => view.setState({ switcher: true })}>
        <Icon name="search" size="small" />
        <span>{t("sidebar.jump")}</span>
        <Kbd keys="mod+k" plain />
      </button>
    </header>
  );
}

function CreateMenu() {
  const { t } = useTranslation();
  const channel = useMay("create-c");
  const group = useMay("create-p");
  const direct = useMay("create-d");
  const items: MenuItem[] = [];
  if (direct) items.push({ label: t("sidebar.newMessage"), icon: "message", onSelect: () => view.setState({ create: "direct" }) });
  if (channel) items.push({ label: t("sidebar.newChannel"), icon: "hash", onSelect: () => view.setState({ create: "channel" }) });
  if (group) items.push({ label: t("sidebar.newGroup"), icon: "lock", onSelect: () => view.setState({ create: "group" }) });
  if (items.length === 0) return null;
  return <Menu trigger={<IconButton icon="plus" label={t("sidebar.create")} size="small" />} items={items} align="end" />;
}

/** Arranged so here at once, and on this user's other devices. */
const prefer = (preferences: Record<string, string | boolean>) => void setPreferences(preferences).catch(refused);

function SortMenu() {
  const { t } = useTranslation();
  const preferences = useWorkspace((state) => state.me?.settings?.preferences);
  const { sort, unreadFirst, byType } = choicesOf(preferences);
  const items: MenuItem[] = [
    { kind: "label", label: t("sidebar.sort.title") },
    { label: t("sidebar.sort.activity"), checked: sort === "activity", onSelect: () => prefer({ sidebarSortby: "activity" }) },
    { label: t("sidebar.sort.name"), checked: sort === "alphabetical", onSelect: () => prefer({ sidebarSortby: "alphabetical" }) },
    { kind: "separator" },
    { label: t("sidebar.sort.unread"), checked: unreadFirst, onSelect: () => prefer({ sidebarShowUnread: !unreadFirst }) },
    { label: t("sidebar.sort.byType"), checked: byType, onSelect: () => prefer({ sidebarGroupByType: !byType }) },
  ];
  return <Menu trigger={<IconButton icon="filter" label={t("sidebar.sort.open")} size="small" />} items={items} align="end" />;
}
