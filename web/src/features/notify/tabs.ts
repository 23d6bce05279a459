// What this browser's tabs have in front: a notice about a room that somebody looks at is no news.

import { view } from "@/app/view";

type Word = { tab: string; front: string | null } | { ask: true };

export interface Tabs {
  /** Whether a room is in front of somebody, in whichever tab. */
  inFront: (rid: string) => boolean;
  end: () => void;
}

function front(): string | null {
  const seen = document.visibilityState === "visible" && document.hasFocus();
  return seen ? (view.getState().rid ?? null) : null;
}

export function watchTabs(tab: string): Tabs {
  const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("gantry.tabs");
  const others = new Map<string, string>();
  // A channel reaches this origin only; the rule means windows.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  const post = (word: Word) => channel?.postMessage(word);
  const tell = () => post({ tab, front: front() });
  const leave = () => post({ tab, front: null });
  if (channel) {
    channel.addEventListener("message", ({ data }: MessageEvent<Word>) => {
      if ("ask" in data) tell();
      else if (data.front === null) others.delete(data.tab);
      else others.set(data.tab, data.front);
    });
  }
  const events = ["focus", "blur", "pageshow"] as const;
  events.forEach((event) => addEventListener(event, tell));
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", tell);
  const unsubscribe = view.subscribe((now, before) => {
    if (now.rid !== before.rid) tell();
  });
  post({ ask: true });
  tell();
  return {
    inFront: (rid) => front() === rid || [...others.values()].includes(rid),
    end: () => {
      leave();
      events.forEach((event) => removeEventListener(event, tell));
      removeEventListener("pagehide", leave);
      document.removeEventListener("visibilitychange", tell);
      unsubscribe();
      channel?.close();
    },
  };
}
