import { type CSSProperties, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { useWorkspace } from "@/app/store";
import { useView, view } from "@/app/view";
import { watchPresence } from "@/lib/client/presence";
import { partnerOf, unreadOf } from "@/lib/store/rooms";
import { store } from "@/lib/store/state";
import { SkeletonList } from "@/ui";
import { currentOf } from "./current";
import { LeaveDialog } from "./LeaveDialog";
import { NoRooms } from "./NoRooms";
import { Resizer } from "./Resizer";
import { RoomContextMenu } from "./RoomContextMenu";
import { SectionBlock } from "./SectionBlock";
import { type SectionId, shownOf } from "./sections";
import { SidebarHeader } from "./SidebarHeader";
import { moveWithin } from "./moveWithin";
import { useCollapsed } from "./useCollapsed";
import { useRoomKeys } from "./useRoomKeys";
import { useSections } from "./useSections";
import styles from "./Sidebar.module.css";

const CREATES: Partial<Record<SectionId, "channel" | "direct">> = { channels: "channel", groups: "channel", direct: "direct", rooms: "channel" };
const makeChannel = () => view.setState({ create: "channel" });
const makeDirect = () => view.setState({ create: "direct" });

/** The rooms one is in. */
export function Sidebar() {
  const { t } = useTranslation();
  const open = useView((state) => state.sidebarOpen);
  const width = useView((state) => state.sidebarWidth);
  const frame = useRef<HTMLElement>(null);
  return (
    <nav
      ref={frame}
      id="sidebar"
      className={styles.sidebar}
      aria-label={t("sidebar.rooms")}
      data-region="sidebar"
      data-closed={!open || undefined}
      style={{ "--sidebar-width": `${width}px` } as CSSProperties}
    >
      <SidebarHeader />
      <List />
      <Resizer frame={frame} />
    </nav>
  );
}

function List() {
  const ready = useWorkspace((state) => state.ready);
  const [path] = useLocation();
  const sections = useSections();
  const subscriptions = useWorkspace((state) => state.subscriptions);
  const current = useMemo(() => currentOf(path, subscriptions.values()), [path, subscriptions]);
  const [collapsed, toggle] = useCollapsed();
  const [reached, reach] = useState<string>();
  const [leaving, setLeaving] = useState<string>();
  const list = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => {
    const stays = (rid: string) => rid === current || isNew(rid);
    return sections.map((section) => ({ ...section, all: section.rids.length, rids: shownOf(section, collapsed.has(section.id), stays) }));
    // What is new is looked up, not waited for: a folded section is drawn anew when its memberships are.
  }, [sections, collapsed, current, subscriptions]);
  const rids = useMemo(() => shown.flatMap((section) => section.rids), [shown]);
  useRoomKeys(rids, current);
  usePresence(rids);
  const stop = reached !== undefined && (rids.includes(reached) || shown.some(({ id }) => id === reached)) ? reached : (current ?? shown[0]?.id);
  const add = useCallback((id: SectionId) => (CREATES[id] === "direct" ? makeDirect : CREATES[id] ? makeChannel : undefined), []);

  if (!ready) return <SkeletonList rows={10} />;
  if (sections.length === 0) return <NoRooms />;
  return (
    <RoomContextMenu onLeave={setLeaving}>
      <div
        ref={list}
        className={styles.list}
        // The list is one stop of the Tab key; arrows move within it.
        onKeyDown={(event) => moveWithin(event, list.current)}
        onFocus={({ target }) => reach(target.closest<HTMLElement>("[data-rid]")?.dataset.rid ?? target.dataset.fold)}
      >
        {shown.map(({ id, rids: inside, all }) => (
          <SectionBlock
            key={id}
            id={id}
            rids={inside}
            total={all}
            collapsed={collapsed.has(id)}
            current={current !== undefined && inside.includes(current) ? current : undefined}
            reached={stop === id || (stop !== undefined && inside.includes(stop)) ? stop : undefined}
            onToggle={toggle}
            onAdd={add(id)}
          />
        ))}
        <LeaveDialog rid={leaving} onClose={() => setLeaving(undefined)} />
      </div>
    </RoomContextMenu>
  );
}

function isNew(rid: string): boolean {
  const subscription = store.getState().subscriptions.get(rid);
  return subscription !== undefined && unreadOf(subscription) !== "none";
}

/** People whose presence is heard, at most: more than a screen shows. */
const WATCHED = 120;

function usePresence(rids: readonly string[]): void {
  const session = useWorkspace((state) => state.session);
  const uids = useMemo(() => {
    const { rooms } = store.getState();
    const partners = rids.map((rid) => partnerOf({ session }, rooms.get(rid))).filter((uid) => uid !== undefined);
    return partners.slice(0, WATCHED).toSorted().join(" ");
  }, [rids, session]);
  useEffect(() => (uids === "" ? undefined : watchPresence(uids.split(" "))), [uids]);
}
