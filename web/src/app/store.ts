// Views' way into what the client knows.

import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { may, mayAny } from "@/lib/store/permissions";
import { type State, store } from "@/lib/store/state";
import type { SettingValue } from "@/lib/protocol/documents";

/** Selects from what the client knows; the view is drawn anew when the selection is another. */
export function useWorkspace<T>(select: (state: State) => T): T {
  return useStore(store, select);
}

/** The same for selections made anew each time: compared entry by entry. */
export function useWorkspaceShallow<T>(select: (state: State) => T): T {
  return useStore(store, useShallow(select));
}

/** Whether this user has a permission, here or everywhere. */
export function useMay(permission: string, rid?: string): boolean {
  return useWorkspace((state) => may(state, permission, rid));
}

export function useMayAny(permissions: readonly string[], rid?: string): boolean {
  return useWorkspace((state) => mayAny(state, permissions, rid));
}

/** A public setting of the server. */
export function useSetting(id: string): SettingValue | undefined {
  return useWorkspace((state) => state.settings.get(id));
}
