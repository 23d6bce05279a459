import { call } from "@/lib/client/link";
import type { PreferenceValue, User } from "@/lib/protocol/documents";
import { now, store } from "@/lib/store/state";
import { refused } from "./acts";

function put(me: User, key: string, value: PreferenceValue | undefined): void {
  now((draft) => draft.set("me", { ...me, settings: { ...me.settings, preferences: { ...me.settings?.preferences, [key]: value } } }));
}

/** Changes how the sidebar is arranged: here at once, and on this user's other devices. */
export function setPreference(key: string, value: PreferenceValue): void {
  const { me } = store.getState();
  if (!me) return;
  const before = me.settings?.preferences?.[key];
  put(me, key, value);
  call("saveUserPreferences", { [key]: value }).catch((thrown: unknown) => {
    const { me: later } = store.getState();
    if (later) put(later, key, before);
    refused(thrown);
  });
}
