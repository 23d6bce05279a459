// What is open on this screen: panels, the switcher, the sidebar on a phone. It belongs to the page, not to the server.

import { createStore, useStore } from "zustand";
import { readJson, writeJson } from "@/lib/store/local";

/** What stands beside the room. */
export type Panel = { kind: "members" } | { kind: "info" } | { kind: "notifications" } | { kind: "profile"; username: string };

interface View {
  /** The room on the screen. */
  rid: string | undefined;
  panels: Record<string, Panel | undefined>;
  switcher: boolean;
  help: boolean;
  /** What is being made in a dialog. */
  create: "channel" | "group" | "direct" | undefined;
  /** The first run is under way: its pages stay although somebody is logged in by now. */
  settingUp: boolean;
  sidebarOpen: boolean;
  sidebarWidth: number;
  panelWidth: number;
}

const KEPT = "gantry.view";
const kept = readJson<Partial<View>>(KEPT);

export const view = createStore<View>(() => ({
  rid: undefined,
  panels: kept?.panels ?? {},
  switcher: false,
  help: false,
  create: undefined,
  settingUp: false,
  sidebarOpen: kept?.sidebarOpen ?? true,
  sidebarWidth: kept?.sidebarWidth ?? 264,
  panelWidth: kept?.panelWidth ?? 360,
}));

view.subscribe(({ panels, sidebarOpen, sidebarWidth, panelWidth }, before) => {
  const same = panels === before.panels && sidebarOpen === before.sidebarOpen && sidebarWidth === before.sidebarWidth && panelWidth === before.panelWidth;
  if (!same) writeJson(KEPT, { panels, sidebarOpen, sidebarWidth, panelWidth });
});

export function useView<T>(select: (state: View) => T): T {
  return useStore(view, select);
}

/** Opens something beside a room, or closes what is open if it is the same. */
export function togglePanel(rid: string, panel: Panel): void {
  const { panels } = view.getState();
  const open = panels[rid];
  const same = open?.kind === panel.kind && JSON.stringify(open) === JSON.stringify(panel);
  view.setState({ panels: { ...panels, [rid]: same ? undefined : panel } });
}

export function openPanel(rid: string, panel: Panel): void {
  view.setState(({ panels }) => ({ panels: { ...panels, [rid]: panel } }));
}

export function closePanel(rid: string): void {
  view.setState(({ panels }) => ({ panels: { ...panels, [rid]: undefined } }));
}
