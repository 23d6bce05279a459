import { useTranslation } from "@/i18n";
import { classes } from "./classes";
import styles from "./Kbd.module.css";

export interface KbdProps {
  /** Keys joined by `+`: `mod+k`, `alt+shift+up`, `?`. `mod` is ⌘ on a Mac and Ctrl elsewhere. */
  keys: string;
  /** Without the frames of keys: in menus and tooltips. */
  plain?: boolean;
}

const mac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.userAgent);
const signs: Record<string, string> = {
  up: "↑",
  down: "↓",
  left: "←",
  right: "→",
  enter: "↵",
  ...(mac ? { mod: "⌘", alt: "⌥", shift: "⇧", ctrl: "⌃" } : {}),
};

/** One key as it is written on the keyboard; a word from `ui.keys` where it has one. */
function useKeyName(): (key: string) => string {
  const { t } = useTranslation();
  return (key) => signs[key] ?? (key.length === 1 ? key.toUpperCase() : t(`ui.keys.${key}`, { defaultValue: key.toUpperCase() }));
}

export function Kbd({ keys, plain }: KbdProps) {
  const name = useKeyName();
  const parts = keys === "+" ? ["+"] : keys.split("+");
  return (
    <kbd className={classes(styles.kbd, plain && styles.plain)} dir="ltr">
      {parts.map((key) => (
        <kbd key={key} className={styles.key}>
          {name(key)}
        </kbd>
      ))}
    </kbd>
  );
}
