let region: HTMLElement | undefined;

function live(): HTMLElement {
  if (region?.isConnected) return region;
  region = document.createElement("div");
  region.className = "sr-only";
  region.setAttribute("role", "status");
  region.setAttribute("aria-live", "polite");
  document.body.append(region);
  return region;
}

/** Nobody wants a long message read out who did not ask for it: so many characters of it. */
export const MOST_SAID = 300;

/** Says something to who listens to the page, when there is a pause. */
export function announce(text: string): void {
  const target = live();
  target.textContent = "";
  // The same text twice is said twice only if it was gone between.
  setTimeout(() => {
    target.textContent = text;
  }, 50);
}
