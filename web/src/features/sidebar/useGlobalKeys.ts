import { useEffect } from "react";
import { view } from "@/app/view";

function writes(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** Keys that mean the same everywhere on the page. */
function meant(event: KeyboardEvent): "switcher" | "help" | undefined {
  const mod = (event.ctrlKey || event.metaKey) && !event.altKey;
  if (mod && !event.shiftKey && event.key.toLowerCase() === "k") return "switcher";
  if (mod && event.key === "/") return "help";
  if (!mod && !event.altKey && event.key === "?" && !writes(event.target)) return "help";
  return undefined;
}

export function useGlobalKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const what = meant(event);
      if (!what || event.repeat) return;
      event.preventDefault();
      if (what === "switcher") view.setState((state) => ({ switcher: !state.switcher, help: false }));
      else view.setState((state) => ({ help: !state.help, switcher: false }));
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}
