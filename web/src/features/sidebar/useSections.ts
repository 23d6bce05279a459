import { useWorkspace } from "@/app/store";
import type { State } from "@/lib/store/state";
import { type Arrangement, arranged, choicesOf, type Section } from "./sections";

type Known = Pick<State, "subscriptions" | "rooms" | "me">;

let known: Known | undefined;
let arrangement: Arrangement | undefined;

/** Worked out anew only when what it is made of is other; the same ones as long as nothing in them moved. */
function sectionsIn({ subscriptions, rooms, me }: State): readonly Section[] {
  if (!arrangement || known?.subscriptions !== subscriptions || known.rooms !== rooms || known.me !== me) {
    known = { subscriptions, rooms, me };
    arrangement = arranged(subscriptions.values(), rooms, choicesOf(me?.settings?.preferences), arrangement);
  }
  return arrangement.sections;
}

export function useSections(): readonly Section[] {
  return useWorkspace(sectionsIn);
}
