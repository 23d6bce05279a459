import { type ComponentType, lazy, useState } from "react";

/** A part of the client that is loaded when it is first shown, or ahead of that by its `load`: then it is drawn at once, where React makes what suspends wait. */
export function part(fetch: () => Promise<ComponentType>) {
  let there: ComponentType | undefined;
  const load = async () => (there = await fetch());
  const Later = lazy(async () => ({ default: await load() }));
  function Part() {
    // What is shown stays the same component when the other arrives.
    const [Shown] = useState<ComponentType>(() => there ?? Later);
    return <Shown />;
  }
  return Object.assign(Part, { load });
}
