import type { ComponentPropsWithRef, ReactNode } from "react";
import { classes } from "./classes";
import { Field, type FieldOptions } from "./Field";
import styles from "./Input.module.css";

export interface TextFieldProps extends FieldOptions, Omit<ComponentPropsWithRef<"input">, "prefix"> {
  /** Plain text before and after what is typed: `#`, `@`, `MB`. */
  prefix?: ReactNode;
  suffix?: ReactNode;
}

export function TextField({ label, hideLabel, hint, error, optional, id, prefix, suffix, className, ...rest }: TextFieldProps) {
  return (
    <Field {...{ label, hideLabel, hint, error, optional, id }}>
      {(wires) => (
        <span className={classes(styles.box, className)}>
          {prefix && <span className={styles.affix}>{prefix}</span>}
          <input type="text" className={styles.input} {...rest} {...wires} />
          {suffix && <span className={styles.suffix}>{suffix}</span>}
        </span>
      )}
    </Field>
  );
}
