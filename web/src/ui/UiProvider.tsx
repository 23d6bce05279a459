import { CSPProvider } from "@base-ui/react/csp-provider";
import { DirectionProvider } from "@base-ui/react/direction-provider";
import type { ReactNode } from "react";
import { TooltipProvider } from "./Tooltip";

export interface UiProviderProps {
  /** Must say what `html[dir]` says: arrows and menus go by it. */
  direction?: "ltr" | "rtl";
  children: ReactNode;
}

/** Around the whole client. The page's policy allows no style elements, so none are made. */
export function UiProvider({ direction = "ltr", children }: UiProviderProps) {
  return (
    <CSPProvider disableStyleElements>
      <DirectionProvider direction={direction}>
        <TooltipProvider>{children}</TooltipProvider>
      </DirectionProvider>
    </CSPProvider>
  );
}
