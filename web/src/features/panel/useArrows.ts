import { useCallback } from "react";

const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** Goes to the first button of the item before or after. */
function walk(event: KeyboardEvent): void {
  const step = steps[event.key];
  const item = event.target instanceof Element ? event.target.closest("li") : null;
  // The other buttons of an item have a use of their own for the arrows.
  if (step === undefined || !item || item.querySelector("button") !== event.target) return;
  const next = step > 0 ? item.nextElementSibling : item.previousElementSibling;
  const target = next?.querySelector("button");
  if (!target) return;
  event.preventDefault();
  target.focus();
}

/** For a list of rows: arrows go from row to row. */
export function useArrows(): (list: HTMLElement | null) => (() => void) | undefined {
  return useCallback((list) => {
    list?.addEventListener("keydown", walk);
    return () => list?.removeEventListener("keydown", walk);
  }, []);
}
