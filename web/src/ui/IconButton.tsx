import type { ComponentPropsWithRef } from "react";
import { classes } from "./classes";
import { Icon } from "./Icon";
import type { IconName } from "./icons";
import { Spinner } from "./Spinner";
import { tooltip, type TooltipSide } from "./Tooltip";
import styles from "./IconButton.module.css";

export interface IconButtonProps extends Omit<ComponentPropsWithRef<"button">, "children"> {
  /** Its name, shown as the tooltip too. */
  label: string;
  icon: IconName;
  variant?: "ghost" | "secondary" | "primary" | "danger";
  size?: "small" | "medium";
  /** A toggle, when given. */
  pressed?: boolean;
  loading?: boolean;
  /** Of the tooltip, as `mod+k`. */
  shortcut?: string;
  tooltipSide?: TooltipSide;
}

export function IconButton(props: IconButtonProps) {
  const { label, icon, variant = "ghost", size = "medium", pressed, loading, shortcut, tooltipSide, className, onClick, ...rest } = props;
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      aria-disabled={loading || undefined}
      aria-busy={loading || undefined}
      data-variant={variant}
      data-size={size}
      className={classes(styles.button, className)}
      onClick={loading ? (event) => event.preventDefault() : onClick}
      {...tooltip(label, shortcut, tooltipSide)}
      {...rest}
    >
      {loading ? <Spinner /> : <Icon name={icon} size={size} />}
    </button>
  );
}
