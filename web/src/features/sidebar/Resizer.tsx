import { type KeyboardEvent, type PointerEvent, type RefObject, useRef } from "react";
import { useTranslation } from "@/i18n";
import { useView, view } from "@/app/view";
import styles from "./Sidebar.module.css";

export const NARROWEST = 220;
export const WIDEST = 360;
const STEP = 16;

const within = (width: number) => Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));
const setWidth = (width: number) => view.setState({ sidebarWidth: within(width) });

/** Which way is wider. */
const outwards = () => (document.documentElement.dir === "rtl" ? -1 : 1);

/** The sidebar's edge: dragged, or moved by arrows. */
export function Resizer({ frame }: { frame: RefObject<HTMLElement | null> }) {
  const { t } = useTranslation();
  const width = useView((state) => state.sidebarWidth);
  const start = useRef<{ x: number; width: number }>(undefined);

  const down = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, width };
  };
  // While it is dragged only the property changes; the width is kept when it is let go.
  const move = (event: PointerEvent) => {
    if (start.current) frame.current?.style.setProperty("--sidebar-width", `${moved(event)}px`);
  };
  const moved = (event: PointerEvent) => {
    const from = start.current ?? { x: event.clientX, width };
    return within(from.width + (event.clientX - from.x) * outwards());
  };
  const up = (event: PointerEvent) => {
    if (start.current) setWidth(moved(event));
    start.current = undefined;
  };
  const press = (event: KeyboardEvent) => {
    const to = { ArrowRight: width + STEP * outwards(), ArrowLeft: width - STEP * outwards(), Home: NARROWEST, End: WIDEST }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setWidth(to);
  };
  return (
    // A window splitter is a separator that takes the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/prefer-tag-over-role
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="separator"
      aria-orientation="vertical"
      aria-label={t("sidebar.resize")}
      aria-controls="sidebar"
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      aria-valuenow={width}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className={styles.resizer}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
      onKeyDown={press}
      onDoubleClick={() => setWidth(264)}
    />
  );
}
