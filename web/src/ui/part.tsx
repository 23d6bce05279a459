import { type ComponentType, lazy, Suspense, useEffect, useReducer, useState } from "react";
import { i18n } from "@/i18n";
import { toast } from "./toast";

/** What is not needed for the first page, and is loaded when that has come to rest. */
const ahead = new Set<() => Promise<unknown>>();

/** Loads what may be opened next, so that it opens in a frame, and without a network. */
export async function loadAhead(): Promise<void> {
  // What cannot be loaded now is loaded when it is opened.
  await Promise.allSettled([...ahead].map((load) => load()));
}

/** A part of the client that is loaded ahead, or when it is first shown. What is there already is drawn at once, where React makes what suspends wait. */
export function part<Props extends object>(fetch: () => Promise<ComponentType<Props>>) {
  let there: ComponentType<Props> | undefined;
  const load = async () => (there ??= await fetch());
  ahead.add(load);
  const Later = lazy(async () => ({ default: await load() })) as unknown as ComponentType<Props>;
  function Part(props: Props) {
    // What is shown stays the same component when the other arrives.
    const [Shown] = useState<ComponentType<Props>>(() => there ?? Later);
    return Shown === Later ? (
      <Suspense fallback={null}>
        <Shown {...props} />
      </Suspense>
    ) : (
      <Shown {...props} />
    );
  }
  return Object.assign(Part, { load });
}

/** The same for what opens over a page. It is loaded ahead, or else when it is first opened, and stays from then on, to close by itself. */
export function opening<Props extends { open: boolean }>(fetch: () => Promise<ComponentType<Props>>) {
  let there: ComponentType<Props> | undefined;
  const load = async () => (there ??= await fetch());
  ahead.add(load);
  function Opening(props: Props) {
    const [was, note] = useState(props.open);
    const [, draw] = useReducer((count: number) => count + 1, 0);
    if (props.open && !was) note(true);
    const missing = props.open && there === undefined;
    useEffect(() => {
      if (missing) load().then(draw, () => toast({ title: i18n.t("ui.notLoaded"), kind: "danger" }));
    }, [missing]);
    const Shown = there;
    return was && Shown ? <Shown {...props} /> : null;
  }
  return Object.assign(Opening, { load });
}
