import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { Kbd } from "./Kbd";
import styles from "./Tooltip.module.css";

const delay = 400;
/** After one tooltip was waited for, its neighbours show at once. */
const warm = 300;
const gap = 6;
const edge = 8;

function anchorOf(event: Event): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>("[data-tooltip]") : null;
}

/** Calls `show` with what is pointed at or reached by keyboard, and with `undefined` when it no longer is. */
function watch(show: (anchor: HTMLElement | undefined) => void): () => void {
  let anchor: HTMLElement | null = null;
  let timer = 0;
  let visible = false;
  let hiddenAt = -Infinity;
  const hide = () => {
    clearTimeout(timer);
    if (visible) hiddenAt = performance.now();
    visible = false;
    show(undefined);
  };
  const reveal = () => {
    // What has opened something of its own says enough.
    if (!anchor?.isConnected || anchor.ariaExpanded === "true") return;
    visible = true;
    show(anchor);
  };
  const point = (event: PointerEvent) => {
    const next = event.pointerType === "touch" ? null : anchorOf(event);
    if (next === anchor) return;
    anchor = next;
    hide();
    if (next) timer = window.setTimeout(reveal, performance.now() - hiddenAt < warm ? 0 : delay);
  };
  const focus = (event: FocusEvent) => {
    const next = anchorOf(event);
    if (!next?.matches(":focus-visible")) return;
    anchor = next;
    hide();
    timer = window.setTimeout(reveal, delay);
  };
  const stop = new AbortController();
  const options = { signal: stop.signal, capture: true, passive: true };
  document.addEventListener("pointerover", point, options);
  document.addEventListener("focusin", focus, options);
  for (const kind of ["pointerdown", "keydown", "focusout", "scroll"]) document.addEventListener(kind, hide, options);
  return () => {
    clearTimeout(timer);
    stop.abort();
  };
}

/** Where it stands, in the window's own coordinates: beside the anchor, on the other side where there is no room. */
function place(anchor: HTMLElement, popup: HTMLElement): [number, number] {
  const at = anchor.getBoundingClientRect();
  const { width, height } = popup.getBoundingClientRect();
  const rtl = getComputedStyle(anchor).direction === "rtl";
  const side = anchor.dataset.tooltipSide ?? "top";
  const clamp = (value: number, most: number) => Math.round(Math.max(edge, Math.min(value, most - edge)));
  if (side.startsWith("inline")) {
    const right = (side === "inline-end") !== rtl;
    const x = right ? at.right + gap : at.left - gap - width;
    return [clamp(x, innerWidth - width), clamp(at.top + (at.height - height) / 2, innerHeight - height)];
  }
  const above = at.top - gap - height;
  const below = at.bottom + gap;
  const y = side === "top" ? (above < edge ? below : above) : below + height > innerHeight - edge ? above : below;
  return [clamp(at.left + (at.width - width) / 2, innerWidth - width), y];
}

/** Once, at the root: the only tooltip there is. */
export function TooltipLayer() {
  const [anchor, setAnchor] = useState<HTMLElement>();
  const popup = useRef<HTMLDivElement>(null);
  useEffect(() => watch(setAnchor), []);
  useLayoutEffect(() => {
    if (!anchor || !popup.current) return;
    const [x, y] = place(anchor, popup.current);
    popup.current.style.translate = `${x}px ${y}px`;
  }, [anchor]);
  if (!anchor) return null;
  const keys = anchor.dataset.tooltipKeys;
  return createPortal(
    <div ref={popup} aria-hidden="true" className={styles.popup}>
      {anchor.dataset.tooltip}
      {keys && <Kbd keys={keys} plain />}
    </div>,
    document.body,
  );
}
