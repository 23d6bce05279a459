import { Fragment } from "react";

/** A text with `names` in it. */
export function Prose({ text }: { text: string }) {
  return text.split("`").map((part, place) =>
    // Every second part stands between two marks; the place is the part's identity.
    place % 2 === 1 ? <code key={`${place}${part}`}>{part}</code> : <Fragment key={`${place}${part}`}>{part}</Fragment>,
  );
}
