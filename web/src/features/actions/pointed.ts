// A message that was clicked has the focus too, but whoever clicked it did not choose it: letters typed then are words.

let pressing = false;
let pointed: EventTarget | null = null;

if (typeof document !== "undefined") {
  const press = () => {
    pressing = true;
    // The focus moves before the next task.
    setTimeout(() => (pressing = false), 0);
  };
  document.addEventListener("mousedown", press, true);
  document.addEventListener("focusin", (event) => (pointed = pressing ? event.target : null), true);
}

export function isPointed(target: EventTarget | null): boolean {
  return target !== null && target === pointed;
}
