import { useEffect, useRef } from "react";
import { useLocation } from "wouter";
import { roomPath } from "@/app/paths";
import { unreadOf } from "@/lib/store/rooms";
import { store } from "@/lib/store/state";
import { neighbour } from "./sections";

function isUnread(rid: string): boolean {
  const subscription = store.getState().subscriptions.get(rid);
  return subscription !== undefined && unreadOf(subscription) !== "none";
}

/** Alt and an arrow go to the room above or below, with Shift to the next that has something new: from anywhere on the page. */
export function useRoomKeys(rids: readonly string[], current: string | undefined): void {
  const [, go] = useLocation();
  const latest = useRef({ rids, current, go });
  useEffect(() => {
    latest.current = { rids, current, go };
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
      const now = latest.current;
      const next = neighbour(now.rids, now.current, event.key === "ArrowDown" ? 1 : -1, event.shiftKey ? isUnread : undefined);
      event.preventDefault();
      const subscription = next === undefined ? undefined : store.getState().subscriptions.get(next);
      if (subscription) now.go(roomPath(subscription));
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}
