import { type KeyboardEvent, type PointerEvent } from "react";
import { useTranslation } from "@/i18n";
import { useView, view } from "@/app/view";
import styles from "./SidePanel.module.css";

export const NARROWEST = 320;
export const WIDEST = 480;
const STEP = 16;

function resize(width: number): void {
  view.setState({ panelWidth: Math.round(Math.min(WIDEST, Math.max(NARROWEST, width))) });
}

/** Which way the panel grows: its edge is on the other side where people read from right to left. */
const towards = () => (document.documentElement.dir === "rtl" ? -1 : 1);

function drag(event: PointerEvent<HTMLElement>): void {
  if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
  const panel = event.currentTarget.parentElement?.getBoundingClientRect();
  if (panel) resize(towards() > 0 ? panel.right - event.clientX : event.clientX - panel.left);
}

/** The edge of the panel, to be dragged, or moved by the arrows. */
export function Sizer() {
  const { t } = useTranslation();
  const width = useView((state) => state.panelWidth);
  const press = (event: KeyboardEvent) => {
    const step = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    resize(width + step * towards());
  };
  return (
    <div
      // A separator that is moved is a control, which <hr> is not.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t("panel.resize")}
      aria-valuenow={width}
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      className={styles.sizer}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={press}
    />
  );
}
