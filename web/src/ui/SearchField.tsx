import type { ComponentPropsWithRef, KeyboardEvent } from "react";
import { useTranslation } from "@/i18n";
import { classes } from "./classes";
import { Icon } from "./Icon";
import { IconButton } from "./IconButton";
import styles from "./Input.module.css";

export interface SearchFieldProps extends Omit<ComponentPropsWithRef<"input">, "value" | "type"> {
  /** Its name; shown as the placeholder unless there is another. */
  label: string;
  value: string;
  onValueChange: (value: string) => void;
}

/** A field over a list. `Esc` empties it first; only when it is empty does the key mean something to what is around. */
export function SearchField({ label, value, onValueChange, placeholder, className, onKeyDown, ...rest }: SearchFieldProps) {
  const { t } = useTranslation();
  const escape = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Escape" && value) {
      event.preventDefault();
      event.stopPropagation();
      onValueChange("");
    }
    onKeyDown?.(event);
  };
  return (
    <span className={classes(styles.box, className)}>
      <Icon name="search" size="small" className={styles.before} />
      <input
        type="search"
        aria-label={label}
        placeholder={placeholder ?? label}
        className={styles.input}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        onKeyDown={escape}
        {...rest}
      />
      {value && <IconButton icon="close" label={t("ui.clear")} size="small" className={styles.after} onClick={() => onValueChange("")} />}
    </span>
  );
}
