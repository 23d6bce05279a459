import { newId } from "@/lib/store/ids";
import { store } from "@/lib/store/state";
import { tellClock } from "./clock";
import { startDesktop } from "./desktop";
import { watchIdle } from "./idle";
import { lead } from "./leader";
import { tellNotices } from "./notices";
import { keepBadge } from "./tabBadge";
import { watchTabs } from "./tabs";

function begin(): () => void {
  const tab = newId();
  const leadership = lead(tab);
  const tabs = watchTabs(tab);
  const ends = [tellNotices(leadership, tabs), keepBadge(), watchIdle(), tellClock(), tabs.end, leadership.end];
  return () => ends.forEach((end) => end());
}

/** Begins once; what it does, it does while somebody is logged in. */
export function startNotify(): void {
  startDesktop();
  let end: (() => void) | undefined;
  const follow = (uid: string | undefined) => {
    end?.();
    end = uid === undefined ? undefined : begin();
  };
  store.subscribe((state, before) => {
    if (state.session?.uid !== before.session?.uid) follow(state.session?.uid);
  });
  follow(store.getState().session?.uid);
}
