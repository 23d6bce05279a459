import { useCallback, useEffect, useRef, useState } from "react";
import { type Naming, namingAt, sameNaming } from "./complete";
import { asked, known, type Option } from "./options";

interface Shown {
  naming: Naming | undefined;
  options: readonly Option[];
  place: number;
}

export interface Completion extends Shown {
  open: boolean;
  /** Looks what is being named at the caret. */
  look(text: string, caret: number): void;
  /** Leaves the list, until something else is named. */
  leave(): void;
  close(): void;
  move(by: number): void;
  point(place: number): void;
}

const none: Shown = { naming: undefined, options: [], place: 0 };
/** A moment, so that who types on is not asked about each letter. */
const PAUSE = 90;

function joined(instant: readonly Option[], before: readonly Option[], query: string): readonly Option[] {
  const part = query.toLowerCase();
  const keys = new Set(instant.map((one) => one.key));
  return [...instant, ...before.filter((one) => !keys.has(one.key) && `${one.key} ${one.label}`.toLowerCase().includes(part))];
}

/** What is offered above the field. Nothing is drawn anew while nothing is being named. */
export function useCompletion(rid: string): Completion {
  const [shown, show] = useState(none);
  const current = useRef<Naming | undefined>(undefined);
  /** Where the list was left by Escape: it stays away from that name. */
  const left = useRef<number | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const close = useCallback(() => {
    clearTimeout(timer.current);
    current.current = undefined;
    show((before) => (before.naming ? none : before));
  }, []);

  const look = useCallback(
    (text: string, caret: number) => {
      const naming = namingAt(text, caret);
      if (!naming) left.current = undefined;
      if (!naming || naming.from === left.current) return close();
      if (sameNaming(naming, current.current)) return;
      left.current = undefined;
      current.current = naming;
      clearTimeout(timer.current);
      const instant = known(rid, naming);
      // What was found for the letters before and still answers stays until there is better: the list does not flicker.
      show((before) => ({ naming, options: before.naming?.kind === naming.kind ? joined(instant, before.options, naming.query) : instant, place: 0 }));
      const find = () =>
        asked(rid, naming).then(
          (options) => {
            if (sameNaming(naming, current.current)) show(({ place }) => ({ naming, options, place: Math.min(place, Math.max(0, options.length - 1)) }));
          },
          // Offline there is what is known.
          () => {},
        );
      if (naming.kind === ":") void find();
      else if (naming.kind !== "/") timer.current = setTimeout(() => void find(), PAUSE);
    },
    [rid, close],
  );

  const leave = useCallback(() => {
    left.current = current.current?.from;
    close();
  }, [close]);

  const move = useCallback((by: number) => show((before) => ({ ...before, place: (before.place + by + before.options.length) % before.options.length })), []);
  const point = useCallback((place: number) => show((before) => ({ ...before, place })), []);

  useEffect(() => () => clearTimeout(timer.current), []);
  return { ...shown, open: shown.naming !== undefined && shown.options.length > 0, look, leave, close, move, point };
}
