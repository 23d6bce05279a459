import type { SVGProps } from "react";
import { flipping, icons, type IconName } from "./icons";
import styles from "./Icon.module.css";

export interface IconProps extends Omit<SVGProps<SVGSVGElement>, "name" | "children"> {
  name: IconName;
  size?: "small" | "medium";
}

/** Always beside its text or inside a named control, so never named itself. */
export function Icon({ name, size = "medium", className, ...rest }: IconProps) {
  return (
    <svg
      viewBox="0 0 20 20"
      aria-hidden="true"
      focusable="false"
      data-flip={flipping.has(name) || undefined}
      data-size={size}
      className={className ? `${styles.icon} ${className}` : styles.icon}
      {...rest}
    >
      <path d={icons[name]} />
    </svg>
  );
}
