// Where each room was left: what was shown of it, and what of that was looked at.

import type { Anchor } from "./anchor";
import type { Stretch } from "./stretch";

interface Place {
  stretch: Stretch;
  anchor: Anchor;
}

const places = new Map<string, Place>();
/** More rooms than anybody goes back to. */
const MOST = 200;

export const placeOf = (rid: string): Place | undefined => places.get(rid);

export function keepPlace(rid: string, place: Place): void {
  // The one that was looked at last comes last.
  places.delete(rid);
  places.set(rid, place);
  const [oldest] = places.keys();
  if (places.size > MOST && oldest !== undefined) places.delete(oldest);
}
