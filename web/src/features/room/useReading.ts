import { useEffect, useRef, useState } from "react";
import { useWorkspace } from "@/app/store";
import { call } from "@/lib/client/link";
import { millis } from "@/lib/store/moments";
import { unreadOf } from "@/lib/store/rooms";
import { store, type Timeline } from "@/lib/store/state";

/** Reading is said to the server this often at most, however fast messages come. */
const EVERY = 1_500;

interface Reading {
  /** What came after this moment was new when the room was opened. */
  unreadSince: number | undefined;
  /** How many messages came while the end was out of sight. */
  missed: number;
}

function unreadAt(rid: string): number | undefined {
  const subscription = store.getState().subscriptions.get(rid);
  if (!subscription || unreadOf({ ...subscription, hideUnreadStatus: false }) === "none") return undefined;
  return millis(subscription.ls ?? subscription.ts);
}

/** Says that the room is read while its end is looked at, and what was new before that. */
export function useReading(rid: string, atEnd: boolean, timeline: Timeline | undefined): Reading {
  const [unreadSince, mark] = useState(() => unreadAt(rid));
  const attentive = useAttention();
  const unread = useWorkspace((state) => {
    const subscription = state.subscriptions.get(rid);
    return subscription ? subscription.alert || subscription.unread > 0 || (subscription.userMentions ?? 0) > 0 || (subscription.groupMentions ?? 0) > 0 : false;
  });
  const online = useWorkspace((state) => state.link.at === "open");
  const loaded = timeline !== undefined && timeline.loading !== "first";
  const last = useRef(0);

  useEffect(() => {
    if (!unread || !atEnd || !attentive || !online || !loaded) return;
    const timer = setTimeout(() => {
      last.current = Date.now();
      // Said again with the next message if it fails.
      call("readMessages", rid).catch(() => {});
    }, Math.max(0, last.current + EVERY - Date.now()));
    return () => clearTimeout(timer);
  }, [rid, unread, atEnd, attentive, online, loaded]);

  // The line stays as long as somebody looks; Escape says that it has been seen.
  useEffect(() => {
    const away = () => document.visibilityState === "hidden" && mark(undefined);
    const seen = (event: KeyboardEvent) => event.key === "Escape" && !event.defaultPrevented && mark(undefined);
    document.addEventListener("visibilitychange", away);
    addEventListener("keydown", seen);
    return () => {
      document.removeEventListener("visibilitychange", away);
      removeEventListener("keydown", seen);
    };
  }, []);

  const newest = timeline?.messages.at(-1)?._id;
  return { unreadSince, missed: useMissed(newest, atEnd, timeline) };
}

function useMissed(newest: string | undefined, atEnd: boolean, timeline: Timeline | undefined): number {
  const [since, remember] = useState<number>();
  useEffect(() => {
    remember(atEnd ? undefined : millis(store.getState().timelines.get(timeline?.messages[0]?.rid ?? "")?.messages.at(-1)?.ts));
    // Only leaving or reaching the end begins a new count.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [atEnd]);
  if (since === undefined || newest === undefined || !timeline) return 0;
  let missed = 0;
  for (let place = timeline.messages.length - 1; place >= 0 && millis(timeline.messages[place]?.ts) > since; place -= 1) missed += 1;
  return missed;
}

const attention = () => document.visibilityState === "visible" && document.hasFocus();

/** Whether somebody looks at this page. */
function useAttention(): boolean {
  const [attentive, note] = useState(attention);
  useEffect(() => {
    const look = () => note(attention());
    const events = ["focus", "blur"] as const;
    for (const event of events) addEventListener(event, look);
    document.addEventListener("visibilitychange", look);
    return () => {
      for (const event of events) removeEventListener(event, look);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return attentive;
}
