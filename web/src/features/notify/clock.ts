// Others see what time it is where somebody is: the server is told how far that is from UTC.

import { call } from "@/lib/client/link";
import { type State, store } from "@/lib/store/state";

/** Hours east of UTC. */
export function hoursFromUtc(date: Date): number {
  return -date.getTimezoneOffset() / 60;
}

/** Tells the server once it is known what it believes: at the beginning, and after a journey at the next. */
export function tellClock(): () => void {
  let told = false;
  const tell = ({ me, inSync }: State) => {
    if (told || !me || !inSync) return;
    told = true;
    const hours = hoursFromUtc(new Date());
    if (me.utcOffset !== hours) call("userSetUtcOffset", hours).catch(() => {});
  };
  tell(store.getState());
  return store.subscribe(tell);
}
