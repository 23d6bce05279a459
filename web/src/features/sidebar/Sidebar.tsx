import { type CSSProperties, type KeyboardEvent, memo, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "@/i18n";
import { useLocation } from "wouter";
import { follow } from "@/app/follow";
import { useWorkspace } from "@/app/store";
import { useView, view } from "@/app/view";
import { watchPresence } from "@/lib/client/presence";
import { partnerOf } from "@/lib/store/rooms";
import { store } from "@/lib/store/state";
import { SkeletonList } from "@/ui";
import { currentIn } from "./current";
import { LeaveDialog, type Leaving, leavingOf } from "./LeaveDialog";
import { NoRooms } from "./NoRooms";
import { Resizer } from "./Resizer";
import { RoomContextMenu } from "./RoomContextMenu";
import { SectionBlock } from "./SectionBlock";
import { type SectionId, shownOf } from "./sections";
import { SidebarHeader } from "./SidebarHeader";
import { folds, idOf, orderOf, rowAt, targetOf } from "./moveWithin";
import { useCollapsed } from "./useCollapsed";
import { useRoomKeys } from "./useRoomKeys";
import { useSections } from "./useSections";
import styles from "./Sidebar.module.css";

const makeChannel = () => view.setState({ create: "channel" });
const makeDirect = () => view.setState({ create: "direct" });
/** What a section's plus makes. */
const MAKES: Partial<Record<SectionId, () => void>> = { channels: makeChannel, groups: makeChannel, rooms: makeChannel, direct: makeDirect };

/** The rooms one is in. */
export const Sidebar = memo(function Sidebar() {
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
});

function List() {
  const ready = useWorkspace((state) => state.ready);
  const [path] = useLocation();
  const sections = useSections();
  const current = useWorkspace((state) => currentIn(path, state.subscriptions));
  const [collapsed, toggle] = useCollapsed();
  const [last, reach] = useState<{ id: string | undefined; current: string | undefined }>();
  const [leaving, setLeaving] = useState<Leaving>();
  const [asking, ask] = useState(false);
  const onLeave = useCallback((rid: string) => {
    setLeaving(leavingOf(rid));
    ask(true);
  }, []);
  const list = useRef<HTMLDivElement>(null);
  const shown = useMemo(
    () => sections.map((section) => ({ id: section.id, all: section.rids.length, rids: shownOf(section, collapsed.has(section.id), current) })),
    [sections, collapsed, current],
  );
  const rids = useMemo(() => shown.flatMap((section) => section.rids), [shown]);
  useRoomKeys(rids, current);
  usePresence(rids);
  // Another room is where one begins anew.
  const reached = last?.current === current ? last?.id : undefined;
  const stop = reached !== undefined && (rids.includes(reached) || shown.some(({ id }) => id === reached)) ? reached : (current ?? shown[0]?.id);

  useEffect(() => {
    if (current) rowAt(list.current, current)?.closest("li")?.scrollIntoView({ block: "nearest" });
  }, [current]);
  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof HTMLElement)) return;
    const next = targetOf(event.key, orderOf(shown), idOf(event.target) ?? "");
    if (next === undefined && !folds(event.target, event.key)) return;
    event.preventDefault();
    if (next === undefined) return event.target.click();
    // A row far away is drawn before it takes the focus.
    flushSync(() => reach({ id: next, current }));
    rowAt(list.current, next)?.focus();
  };

  if (!ready) return <SkeletonList rows={10} />;
  if (sections.length === 0) return <NoRooms />;
  return (
    <RoomContextMenu onLeave={onLeave}>
      {/* The list is one stop of the Tab key; arrows move within it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        ref={list}
        className={styles.list}
        onKeyDown={press}
        onClick={follow}
        onFocus={({ target }) => reach({ id: idOf(target), current })}
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
            onAdd={MAKES[id]}
          />
        ))}
        <LeaveDialog leaving={leaving} open={asking} onClose={() => ask(false)} />
      </div>
    </RoomContextMenu>
  );
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
