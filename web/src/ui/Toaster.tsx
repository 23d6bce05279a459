import { useEffect, useRef, useState, type RefObject } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "@/i18n";
import { useStore } from "zustand";
import { Button } from "./Button";
import { Icon } from "./Icon";
import { IconButton } from "./IconButton";
import { closeToast, toasts, type Notice } from "./toast";
import styles from "./Toaster.module.css";

/** Once, at the root. Nothing goes while one of them is pointed at or has the focus, or while nobody sees the page. */
export function Toaster() {
  const { t } = useTranslation();
  const shown = useStore(toasts);
  const region = useRef<HTMLElement>(null);
  const { held, release } = useHold(region);
  return createPortal(
    <section ref={region} aria-label={t("ui.notices")} className={styles.viewport}>
      <ol aria-live="polite" className={styles.list}>
        {shown.map((notice) => (
          <Toast
            key={notice.id}
            notice={notice}
            held={held}
            onClose={() => {
              release();
              closeToast(notice.id);
            }}
          />
        ))}
      </ol>
    </section>,
    document.body,
  );
}

/** Whether the pointer or the focus is in the region; `release` gives the focus back to where it came from. */
function useHold(region: RefObject<HTMLElement | null>) {
  const [held, setHeld] = useState(false);
  const before = useRef<EventTarget | null>(null);
  useEffect(() => {
    const element = region.current;
    if (!element) return;
    const stop = new AbortController();
    const options = { signal: stop.signal };
    for (const kind of ["pointerenter", "focusin"]) element.addEventListener(kind, () => setHeld(true), options);
    for (const kind of ["pointerleave", "focusout"]) element.addEventListener(kind, () => setHeld(false), options);
    const remember = ({ relatedTarget }: FocusEvent) => {
      if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) before.current = relatedTarget;
    };
    element.addEventListener("focusin", remember, options);
    return () => stop.abort();
  }, [region]);
  const release = () => {
    setHeld(false);
    if (before.current instanceof HTMLElement && region.current?.contains(document.activeElement)) before.current.focus();
  };
  return { held, release };
}

interface ToastProps {
  notice: Notice;
  held: boolean;
  onClose: () => void;
}

function Toast({ notice, held, onClose }: ToastProps) {
  const { t } = useTranslation();
  const { kind, title, description, action } = notice;
  useExpiry(notice, held);
  return (
    <li className={styles.toast}>
      {kind === "danger" && <Icon name="alert" className={styles.danger} />}
      {kind === "success" && <Icon name="check-circle" className={styles.success} />}
      <div className={styles.content} role={kind === "danger" ? "alert" : undefined}>
        <p className={styles.title}>{title}</p>
        {description && <p className={styles.description}>{description}</p>}
      </div>
      {action && (
        <Button
          size="small"
          onClick={() => {
            onClose();
            action.onAction();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton icon="close" label={t("ui.close")} size="small" onClick={onClose} />
    </li>
  );
}

function useExpiry({ id, timeout }: Notice, held: boolean) {
  useEffect(() => {
    if (held || timeout === 0) return;
    const leave = () => {
      if (document.visibilityState === "visible") closeToast(id);
      else document.addEventListener("visibilitychange", leave, { once: true });
    };
    const timer = setTimeout(leave, timeout);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", leave);
    };
  }, [id, timeout, held]);
}
