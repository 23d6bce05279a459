import { useEffect, useState } from "react";
import { useWorkspace } from "@/app/store";
import { ask } from "@/lib/client/link";
import { anyName, asTyped, type NameProblem, problemOf } from "./name";

const PAUSE = 250;

/** A room's name while it is typed: whether it can be one, and whether it is free. */
export function useName() {
  const settings = useWorkspace((state) => state.settings);
  const [name, setName] = useState("");
  const [taken, note] = useState<ReadonlySet<string>>(new Set());
  const own = problemOf(settings, name);
  useEffect(() => {
    // Where names may be anything, one that is taken gets a number.
    if (own || anyName(settings)) return;
    let gone = false;
    const timer = setTimeout(() => {
      ask("roomNameExists", name)
        .then((exists) => !gone && exists && note((before) => new Set(before).add(name)))
        // It is said again when the room is made.
        .catch(() => {});
    }, PAUSE);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [name, own, settings]);
  const problem: NameProblem | undefined = own ?? (taken.has(name) ? "taken" : undefined);
  return { name: name.trim(), typed: name, type: (text: string) => setName(asTyped(settings, text)), problem };
}
