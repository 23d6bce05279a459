import { useWorkspace } from "@/app/store";
import type { State } from "@/lib/store/state";
import { choicesOf, type Section, sameSections, sectionsOf } from "./sections";

type Known = Pick<State, "subscriptions" | "rooms" | "me">;

let known: Known | undefined;
let sections: readonly Section[] = [];

/** Worked out anew only when what it is made of is other; the same ones as long as nothing in them moved. */
function sectionsIn({ subscriptions, rooms, me }: State): readonly Section[] {
  if (known?.subscriptions === subscriptions && known.rooms === rooms && known.me === me) return sections;
  known = { subscriptions, rooms, me };
  const next = sectionsOf(subscriptions.values(), rooms, choicesOf(me?.settings?.preferences));
  if (!sameSections(sections, next)) sections = next;
  return sections;
}

export function useSections(): readonly Section[] {
  return useWorkspace(sectionsIn);
}
