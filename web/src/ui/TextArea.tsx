import type { ComponentPropsWithRef } from "react";
import { classes } from "./classes";
import { Field, type FieldOptions } from "./Field";
import styles from "./Input.module.css";

export interface TextAreaProps extends FieldOptions, ComponentPropsWithRef<"textarea"> {
  /** Lets the reader drag its height; without, it grows with the text. */
  resize?: boolean;
}

export function TextArea({ label, hideLabel, hint, error, optional, id, resize, className, rows = 3, ...rest }: TextAreaProps) {
  return (
    <Field {...{ label, hideLabel, hint, error, optional, id }}>
      {(wires) => (
        <span className={classes(styles.box, className)}>
          <textarea rows={rows} data-resize={resize || undefined} className={classes(styles.input, styles.area)} {...rest} {...wires} />
        </span>
      )}
    </Field>
  );
}
