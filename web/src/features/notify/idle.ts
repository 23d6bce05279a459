// Nobody at the keyboard for long is away, until something is touched again.

import { call } from "@/lib/client/link";
import { store } from "@/lib/store/state";
import { desktop } from "./desktop";
import { preferenceIn } from "@/app/preferences";

const TOUCHES = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "focus"] as const;
/** Moves come in hundreds. */
const NOTED = 1_000;

/** After how many milliseconds somebody is away; never is nothing. */
export function awayAfter(enabled: unknown, seconds: unknown): number | undefined {
  if (enabled === false) return undefined;
  return typeof seconds === "number" && seconds > 0 ? seconds * 1_000 : 300_000;
}

function limit(): number | undefined {
  return awayAfter(preferenceIn(store.getState(), "enableAutoAway"), preferenceIn(store.getState(), "idleTimeLimit"));
}

function say(online: boolean): void {
  // When the connection is away, the server knows by that; a new one begins at the keyboard.
  call(online ? "UserPresence:online" : "UserPresence:away").catch(() => {});
}

/** The desktop app sees the whole machine. */
function byDesktop(detect: (detection: { isAutoAwayEnabled: boolean; idleThreshold: number | null; setUserOnline: (online: boolean) => void }) => void): () => void {
  const tell = () => {
    const wait = limit();
    detect({ isAutoAwayEnabled: wait !== undefined, idleThreshold: wait === undefined ? null : wait / 1_000, setUserOnline: say });
  };
  tell();
  return store.subscribe((state, before) => {
    if (state.me?.settings !== before.me?.settings) tell();
  });
}

function byTouch(): () => void {
  let away = false;
  let last = Date.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = () => {
    clearTimeout(timer);
    const longest = limit();
    if (longest !== undefined) timer = setTimeout(leave, longest);
  };
  const leave = () => {
    away = true;
    say(false);
  };
  const touch = () => {
    const now = Date.now();
    if (!away && now - last < NOTED) return;
    last = now;
    if (away) say(true);
    away = false;
    wait();
  };
  const options = { passive: true, capture: true };
  TOUCHES.forEach((event) => addEventListener(event, touch, options));
  const unsubscribe = store.subscribe((state, before) => {
    // A new connection counts as somebody at the keyboard until it is told otherwise.
    if (state.inSync && state.link !== before.link && state.link.at === "open" && away) setTimeout(say, 500, false);
    if (state.me?.settings !== before.me?.settings && !away) wait();
  });
  wait();
  return () => {
    clearTimeout(timer);
    TOUCHES.forEach((event) => removeEventListener(event, touch, options));
    unsubscribe();
  };
}

/** Tells the server when this user is away, and when back. */
export function watchIdle(): () => void {
  const detect = desktop()?.setUserPresenceDetection;
  return detect ? byDesktop(detect) : byTouch();
}
