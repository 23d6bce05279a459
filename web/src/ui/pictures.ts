// Pictures of people and rooms. One is asked for once, however many rows show it; what rows draw is a background, which costs the
// browser less than an image of its own in each.

import { useCallback, useSyncExternalStore } from "react";

interface Picture {
  /** Held, so that the browser does not let it go. */
  image: HTMLImageElement;
  there: boolean;
  told: Set<() => void>;
}

const pictures = new Map<string, Picture>();
/** More than anybody scrolls past; beyond it those that were asked for first are asked for anew. */
const MOST = 2_000;

function ask(source: string): Picture {
  const picture: Picture = { image: new Image(), there: false, told: new Set() };
  const { image } = picture;
  image.decoding = "async";
  image.addEventListener("load", () => {
    picture.there = true;
    for (const tell of picture.told) tell();
  });
  // One that cannot be had is tried again when somebody else shows it.
  image.addEventListener("error", () => pictures.get(source) === picture && pictures.delete(source));
  image.src = source;
  const [first] = pictures.keys();
  if (pictures.size >= MOST && first !== undefined) pictures.delete(first);
  pictures.set(source, picture);
  return picture;
}

const never = () => () => {};

/** Whether a picture is there to be drawn; asks for it if nobody has. */
export function usePicture(source: string | undefined): boolean {
  const hear = useCallback(
    (changed: () => void) => {
      if (source === undefined) return never();
      const picture = pictures.get(source) ?? ask(source);
      picture.told.add(changed);
      return () => void picture.told.delete(changed);
    },
    [source],
  );
  return useSyncExternalStore(hear, () => source !== undefined && pictures.get(source)?.there === true);
}
