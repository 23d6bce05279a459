import { CSPProvider } from "@base-ui/react/csp-provider";
import { DirectionProvider } from "@base-ui/react/direction-provider";
import { useSyncExternalStore, type ReactNode } from "react";
import { TooltipLayer } from "./TooltipLayer";

function watchRoot(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["dir"] });
  return () => observer.disconnect();
}

const direction = () => (document.documentElement.dir === "rtl" ? "rtl" : "ltr");

/**
 * Once, around the whole client: arrows and menus go by `html[dir]`, and there is one layer for tooltips. The page's
 * policy allows no style elements, so none are made.
 */
export function UiProvider({ children }: { children: ReactNode }) {
  return (
    <CSPProvider disableStyleElements>
      <DirectionProvider direction={useSyncExternalStore(watchRoot, direction)}>
        {children}
        <TooltipLayer />
      </DirectionProvider>
    </CSPProvider>
  );
}
