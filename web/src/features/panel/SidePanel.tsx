import { useEffect, useRef, type KeyboardEvent } from "react";
import { useWorkspace } from "@/app/store";
import { closePanel, type Panel, useView } from "@/app/view";
import { InfoPane } from "./InfoPane";
import { MembersPane } from "./MembersPane";
import { NotificationsPane } from "./NotificationsPane";
import { ProfilePane } from "./ProfilePane";
import { Sizer } from "./Sizer";
import styles from "./SidePanel.module.css";

/** What stands beside a room. */
export function SidePanel({ rid }: { rid: string }) {
  const panel = useView((view) => view.panels[rid]);
  const known = useWorkspace((state) => state.rooms.has(rid));
  const frame = useFocus(rid, panel);
  const width = useView((view) => view.panelWidth);
  if (!panel || !known) return null;
  const escape = (event: KeyboardEvent<HTMLElement>) => {
    // What is drawn elsewhere, a dialog or a menu, has a use of its own for the key.
    const here = event.target instanceof Node && event.currentTarget.contains(event.target);
    if (event.key !== "Escape" || event.defaultPrevented || !here) return;
    event.preventDefault();
    event.stopPropagation();
    closePanel(rid);
  };
  return (
    // The key is for whatever has the focus inside; the panel itself is no control.
    <aside ref={frame} className={styles.side} style={{ "--panel": `${width}px` }} onKeyDown={escape}>
      <Sizer />
      <Pane key={`${rid} ${panel.kind}`} rid={rid} panel={panel} />
    </aside>
  );
}

function Pane({ rid, panel }: { rid: string; panel: Panel }) {
  if (panel.kind === "members") return <MembersPane rid={rid} />;
  if (panel.kind === "notifications") return <NotificationsPane rid={rid} />;
  if (panel.kind === "profile") return <ProfilePane rid={rid} username={panel.username} />;
  return <InfoPane rid={rid} />;
}

/** What is opened takes the focus, and gives it back when it is closed; what was open already, on a page just entered, leaves it. */
function useFocus(rid: string, panel: Panel | undefined) {
  const frame = useRef<HTMLElement>(null);
  const before = useRef({ rid, kind: panel?.kind });
  const origin = useRef<HTMLElement>(null);
  const kind = panel?.kind;
  useEffect(() => {
    const last = before.current;
    before.current = { rid, kind };
    if (last.rid !== rid || last.kind === kind) return;
    if (kind === undefined) {
      if (origin.current?.isConnected) origin.current.focus();
      else document.getElementById("page")?.focus();
      origin.current = null;
      return;
    }
    if (last.kind === undefined && document.activeElement instanceof HTMLElement) origin.current = document.activeElement;
    frame.current?.querySelector("section")?.focus({ preventScroll: true });
  }, [rid, kind]);
  return frame;
}
