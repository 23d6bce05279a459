import { Switch as Base } from "@base-ui/react/switch";
import { useId, type ReactNode, type Ref } from "react";
import styles from "./Switch.module.css";

export interface SwitchProps {
  label: string;
  hideLabel?: boolean;
  hint?: ReactNode;
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  disabled?: boolean;
  name?: string;
  ref?: Ref<HTMLElement>;
}

/** For what takes effect at once; a form that is sent has checkboxes. */
export function Switch({ label, hideLabel, hint, ...rest }: SwitchProps) {
  const id = useId();
  return (
    <div className={styles.row} data-disabled={rest.disabled || undefined}>
      <div className={hideLabel ? "sr-only" : styles.text}>
        <label htmlFor={id} id={`${id}-label`} className={styles.label}>
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className={styles.hint}>
            {hint}
          </p>
        )}
      </div>
      <Base.Root id={id} className={styles.track} aria-labelledby={`${id}-label`} aria-describedby={hint ? `${id}-hint` : undefined} {...rest}>
        <Base.Thumb className={styles.thumb} />
      </Base.Root>
    </div>
  );
}
