import { Checkbox as Base } from "@base-ui/react/checkbox";
import { useId, type ReactNode, type Ref } from "react";
import { classes } from "./classes";
import { Icon } from "./Icon";
import styles from "./Choice.module.css";

export interface CheckboxProps {
  label: ReactNode;
  hideLabel?: boolean;
  hint?: ReactNode;
  error?: ReactNode;
  checked?: boolean;
  defaultChecked?: boolean;
  onCheckedChange?: (checked: boolean) => void;
  /** Some of what it stands for are, some are not. */
  mixed?: boolean;
  disabled?: boolean;
  required?: boolean;
  name?: string;
  ref?: Ref<HTMLElement>;
}

export function Checkbox({ label, hideLabel, hint, error, mixed, ...rest }: CheckboxProps) {
  const id = useId();
  return (
    <div className={styles.choice} data-disabled={rest.disabled || undefined}>
      <Base.Root
        id={id}
        className={styles.box}
        indeterminate={mixed}
        aria-labelledby={`${id}-label`}
        aria-describedby={hint || error ? `${id}-hint` : undefined}
        aria-invalid={error ? true : undefined}
        {...rest}
      >
        <Base.Indicator className={styles.mark}>
          <Icon name={mixed ? "minus" : "check"} size="small" />
        </Base.Indicator>
      </Base.Root>
      <div className={hideLabel ? "sr-only" : styles.text}>
        <label htmlFor={id} id={`${id}-label`} className={styles.label}>
          {label}
        </label>
        {(hint || error) && (
          <p id={`${id}-hint`} className={classes(styles.hint, Boolean(error) && styles.error)}>
            {error ?? hint}
          </p>
        )}
      </div>
    </div>
  );
}
