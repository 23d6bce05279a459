import { type RefObject, useEffect } from "react";

/** What takes letters for itself, or acts on them. */
const TAKERS = "input, textarea, select, button, a, [contenteditable], [role=menu], [role=dialog], [role=alertdialog], [data-message]";

/** Letters that are typed nowhere; `?` is the help, and a blank scrolls. */
function isForTheField(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key.length !== 1 || event.key === "?" || event.key === " ") return false;
  const target = event.target instanceof Element ? event.target : undefined;
  return target !== undefined && !target.closest(TAKERS) && (target === document.body || target.closest("main") !== null);
}

const OVER = "[role=dialog], [role=alertdialog], [role=menu]";
/** By then what is closing has closed, and given the focus back to nobody. */
const MOMENT = 100;

/** The caret is in the field when a room is entered, and goes there when somebody just types; a phone's keyboard stays away. */
export function useFocus(field: RefObject<HTMLTextAreaElement | null>): void {
  useEffect(() => {
    const enter = () => {
      const busy = document.activeElement?.closest(`input, textarea, ${OVER}`);
      if (!busy && !matchMedia("(pointer: coarse)").matches) field.current?.focus({ preventScroll: true });
    };
    const typed = (event: KeyboardEvent) => {
      // The letter lands where the focus is by then.
      if (isForTheField(event) && !document.querySelector(OVER)) field.current?.focus();
    };
    enter();
    const timer = setTimeout(() => document.activeElement === document.body && enter(), MOMENT);
    document.addEventListener("keydown", typed);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("keydown", typed);
    };
  }, [field]);
}
