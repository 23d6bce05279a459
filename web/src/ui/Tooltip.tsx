import { cloneElement, type ReactElement } from "react";

export type TooltipSide = "top" | "bottom" | "inline-start" | "inline-end";

export interface TooltipProps {
  content: string;
  /** As `mod+k`. */
  shortcut?: string;
  side?: TooltipSide;
  /** One element that hands its attributes on. It must carry its own name: a tooltip is seen, not read out. */
  children: ReactElement<Record<string, unknown>>;
}

/** What the one layer (`TooltipLayer`) reads: a thousand rows of buttons cost nothing until one is pointed at. */
export function tooltip(content: string, shortcut?: string, side?: TooltipSide) {
  return { "data-tooltip": content, "data-tooltip-keys": shortcut, "data-tooltip-side": side };
}

export function Tooltip({ content, shortcut, side, children }: TooltipProps) {
  return cloneElement(children, tooltip(content, shortcut, side));
}
