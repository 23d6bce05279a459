import type { PreferenceValue } from "@/lib/protocol/documents";
import { type State, store } from "@/lib/store/state";

type Known = Pick<State, "me" | "settings">;

/** What a user prefers: as chosen, else as the administrator chose for everybody. */
export function preference(key: string, state: Known = store.getState()): PreferenceValue | undefined {
  const own = state.me?.settings?.preferences?.[key];
  if (own !== undefined) return own;
  return state.settings.get(`Accounts_Default_User_Preferences_${key}`) as PreferenceValue | undefined;
}
