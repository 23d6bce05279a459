import { useMemo, useRef } from "react";
import { useWorkspace } from "@/app/store";
import { choicesOf, type Section, sameSections, sectionsOf } from "./sections";

/** The sections; the same ones as long as nothing in them moved. */
export function useSections(): readonly Section[] {
  const subscriptions = useWorkspace((state) => state.subscriptions);
  const rooms = useWorkspace((state) => state.rooms);
  const preferences = useWorkspace((state) => state.me?.settings?.preferences);
  const before = useRef<readonly Section[]>([]);
  return useMemo(() => {
    const next = sectionsOf(subscriptions.values(), rooms, choicesOf(preferences));
    if (!sameSections(before.current, next)) before.current = next;
    return before.current;
  }, [subscriptions, rooms, preferences]);
}
