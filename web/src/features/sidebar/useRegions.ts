import { useEffect } from "react";

/** The parts of the page that F6 goes between, in reading order. */
const REGIONS = "[data-region], main, aside";
const FOCUSABLE = 'a[href], button:not([disabled]), input, textarea, select, [tabindex="0"]';

function visible(element: HTMLElement): boolean {
  return element.checkVisibility();
}

/** Where one was in a region, else where the region says that one begins, else its first control. */
function enter(region: HTMLElement, places: WeakMap<HTMLElement, HTMLElement>): void {
  const place = places.get(region);
  if (place?.isConnected && visible(place)) return place.focus();
  const reach = [...region.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((one) => one.tabIndex >= 0 && visible(one));
  (region.querySelector<HTMLElement>("[data-start]") ?? reach[0] ?? region).focus();
}

/** F6 and Shift F6 go to the next and the last region. */
export function useRegions(): void {
  useEffect(() => {
    const places = new WeakMap<HTMLElement, HTMLElement>();
    const press = (event: KeyboardEvent) => {
      if (event.key !== "F6" || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const regions = [...document.querySelectorAll<HTMLElement>(REGIONS)].filter(visible);
      const active = document.activeElement as HTMLElement | null;
      // Regions may lie in one another: the innermost is the one that one is in.
      const at = regions.findLastIndex((region) => region.contains(active));
      const here = regions[at];
      if (here && active) places.set(here, active);
      const next = regions[(at + (event.shiftKey ? -1 : 1) + regions.length) % regions.length] ?? regions[0];
      if (next) enter(next, places);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}
