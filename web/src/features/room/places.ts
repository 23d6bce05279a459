// Where each room was left: what was shown of it, and what of that was looked at.

import type { Anchor } from "./anchor";
import type { Stretch } from "./stretch";

interface Place {
  stretch: Stretch;
  anchor: Anchor;
}

const places = new Map<string, Place>();

export const placeOf = (rid: string): Place | undefined => places.get(rid);

export function keepPlace(rid: string, place: Place): void {
  places.set(rid, place);
}
