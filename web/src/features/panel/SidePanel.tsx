import { useCallback, useEffect, useRef, type CSSProperties, type RefObject } from "react";
import { useWorkspace } from "@/app/store";
import { closePanel, type Panel, togglePanel, useView } from "@/app/view";
import { part } from "@/ui";
import { Sizer } from "./Sizer";
import { usePhoneBack } from "./usePhoneBack";
import styles from "./SidePanel.module.css";

const Pane = part(async () => (await import("./Pane")).Pane);

/** What stands beside a room. */
export function SidePanel({ rid }: { rid: string }) {
  const panel = useView((view) => view.panels[rid]);
  const known = useWorkspace((state) => state.rooms.has(rid));
  const { frame, take } = useFocus(rid, panel);
  const width = useView((view) => view.panelWidth);
  useKeys(rid, frame);
  usePhoneBack(rid, panel !== undefined);
  if (!panel || !known) return null;
  return (
    <aside ref={frame} className={styles.side} style={{ "--panel": `${width}px` } as CSSProperties}>
      <Sizer />
      <Pane key={`${rid} ${panel.kind}`} rid={rid} panel={panel} onShown={take} />
    </aside>
  );
}

/** Ctrl/⌘ Shift M. */
function asksForMembers(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && event.shiftKey && !event.altKey && event.key.toLowerCase() === "m";
}

/** `Esc` closes the panel that has the focus, unless something in it has a use of its own for the key. */
function useKeys(rid: string, frame: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const inside = event.target instanceof Node && frame.current?.contains(event.target);
      const members = asksForMembers(event);
      if (!members && !(event.key === "Escape" && inside)) return;
      event.preventDefault();
      if (members) togglePanel(rid, { kind: "members" });
      else closePanel(rid);
    };
    // Where React's own handlers have run already.
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [rid, frame]);
}

/** What is opened takes the focus, and gives it back when it is closed; what was open already, on a page just entered, leaves it. */
function useFocus(rid: string, panel: Panel | undefined) {
  const frame = useRef<HTMLElement>(null);
  const before = useRef({ rid, kind: panel?.kind });
  const origin = useRef<HTMLElement>(null);
  const kind = panel?.kind;
  const wanted = useRef(false);
  const take = useCallback(() => {
    const section = wanted.current ? frame.current?.querySelector("section") : undefined;
    if (!section) return;
    wanted.current = false;
    section.focus({ preventScroll: true });
  }, []);
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
    wanted.current = true;
    // What is in it may be on its way.
    take();
  }, [rid, kind, take]);
  return { frame, take };
}
