import type { ComponentPropsWithRef, ReactNode } from "react";
import { classes } from "./classes";
import { Icon } from "./Icon";
import type { IconName } from "./icons";
import { Spinner } from "./Spinner";
import styles from "./Button.module.css";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";

export interface ButtonProps extends ComponentPropsWithRef<"button"> {
  variant?: ButtonVariant;
  size?: "small" | "medium";
  /** Keeps its width and its focus, and does nothing when pressed again. */
  loading?: boolean;
  icon?: IconName;
  /** Takes the whole width. */
  wide?: boolean;
  children: ReactNode;
}

export function Button({ variant = "secondary", size = "medium", loading, icon, wide, className, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      aria-disabled={loading || undefined}
      aria-busy={loading || undefined}
      data-variant={variant}
      data-size={size}
      data-wide={wide || undefined}
      className={classes(styles.button, className)}
      onClick={loading ? (event) => event.preventDefault() : onClick}
      {...rest}
    >
      <span className={styles.content}>
        {icon && <Icon name={icon} size="small" />}
        <span className={styles.label}>{children}</span>
      </span>
      {loading && (
        <span className={styles.loading}>
          <Spinner />
        </span>
      )}
    </button>
  );
}
