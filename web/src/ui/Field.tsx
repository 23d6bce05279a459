import { useId, type ReactNode } from "react";
import { Icon } from "./Icon";
import styles from "./Field.module.css";

/** What every field takes; the rest goes to its control. */
export interface FieldOptions {
  label: string;
  /** Keeps the label for a screen reader only. */
  hideLabel?: boolean;
  hint?: ReactNode;
  /** What is wrong, and what to do: shown under the control, and said with it. */
  error?: ReactNode;
  /** Marks the label, for forms where most fields must be filled in. */
  optional?: string;
}

/** What the control must carry. */
export interface FieldWires {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

export interface FieldProps extends FieldOptions {
  /** Of the control, when it must be known outside. */
  id?: string;
  children: (wires: FieldWires) => ReactNode;
}

export function Field({ label, hideLabel, hint, error, optional, id: given, children }: FieldProps) {
  const made = useId();
  const id = given ?? made;
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  return (
    <div className={styles.field}>
      <label htmlFor={id} id={`${id}-label`} className={hideLabel ? "sr-only" : styles.label}>
        {label}
        {optional && <span className={styles.optional}> {optional}</span>}
      </label>
      {children({ id, "aria-describedby": described, "aria-invalid": error ? true : undefined })}
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      {/* Always there, so that what appears in it is announced. */}
      <p id={`${id}-error`} className={styles.error} role="alert">
        {error && (
          <>
            <Icon name="alert" size="small" />
            <span>{error}</span>
          </>
        )}
      </p>
    </div>
  );
}
