import { useEffect } from "react";
import { useWorkspace } from "@/app/store";
import { watchPresence } from "@/lib/client/presence";
import type { Presence } from "@/lib/store/state";

/** Somebody's presence, heard as long as the view shows it. */
export function usePresence(uid: string | undefined): Presence | undefined {
  useEffect(() => (uid ? watchPresence([uid]) : undefined), [uid]);
  return useWorkspace((state) => (uid ? state.presence.get(uid) : undefined));
}
