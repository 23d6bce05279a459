import type { MouseEvent } from "react";
import { navigate } from "wouter/use-browser-location";

/**
 * Follows what was pressed in a list of links, without loading the page anew. One handler for all of them: a link of the router's own
 * listens to the address by itself, each.
 */
export function follow(event: MouseEvent<HTMLElement>): void {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
  // Another tab or window is the browser's to open.
  if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  navigate(link.pathname + link.search + link.hash);
}
