// What a user prefers everywhere: as chosen, else as the administrator chose for everybody.

import { call } from "@/lib/client/link";
import type { Preferences, PreferenceValue } from "@/lib/protocol/documents";
import { now, type State, store } from "@/lib/store/state";
import { useWorkspace } from "./store";

type Known = Pick<State, "me" | "settings">;

export function preferenceIn(state: Known, key: string): PreferenceValue | undefined {
  const own = state.me?.settings?.preferences?.[key];
  if (own !== undefined) return own;
  return state.settings.get(`Accounts_Default_User_Preferences_${key}`) as PreferenceValue | undefined;
}

export function usePreference(key: string): PreferenceValue | undefined {
  return useWorkspace((state) => preferenceIn(state, key));
}

function show(preferences: Preferences): void {
  const { me } = store.getState();
  if (me) now((draft) => draft.set("me", { ...me, settings: { ...me.settings, preferences: { ...me.settings?.preferences, ...preferences } } }));
}

/** Changes preferences: shown at once, taken back where the server refuses. Fails with a `CallError`. */
export async function setPreferences(preferences: Record<string, PreferenceValue>): Promise<void> {
  const known = store.getState().me?.settings?.preferences;
  const before = Object.fromEntries(Object.keys(preferences).map((key) => [key, known?.[key]]));
  show(preferences);
  try {
    await call("saveUserPreferences", preferences);
  } catch (thrown) {
    show(before);
    throw thrown;
  }
}
