import { Radio } from "@base-ui/react/radio";
import { RadioGroup as Base } from "@base-ui/react/radio-group";
import { useId, type ReactNode } from "react";
import { classes } from "./classes";
import styles from "./Choice.module.css";

export interface RadioOption<Value extends string> {
  value: Value;
  label: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
}

export interface RadioGroupProps<Value extends string> {
  label: string;
  hideLabel?: boolean;
  hint?: ReactNode;
  options: readonly RadioOption<Value>[];
  value: Value;
  onValueChange: (value: Value) => void;
  disabled?: boolean;
  name?: string;
  /** Beside each other: for two or three short ones. */
  inline?: boolean;
}

export function RadioGroup<Value extends string>({ label, hideLabel, hint, options, onValueChange, inline, ...rest }: RadioGroupProps<Value>) {
  const id = useId();
  return (
    <div className={styles.group}>
      <span id={id} className={hideLabel ? "sr-only" : styles.legend}>
        {label}
      </span>
      {hint && <p className={styles.hint}>{hint}</p>}
      <Base
        aria-labelledby={id}
        className={classes(styles.options, inline && styles.inline)}
        onValueChange={(value) => onValueChange(value as Value)}
        {...rest}
      >
        {options.map((option) => (
          <Choice key={option.value} option={option} disabled={option.disabled ?? rest.disabled} />
        ))}
      </Base>
    </div>
  );
}

function Choice({ option, disabled }: { option: RadioOption<string>; disabled: boolean | undefined }) {
  const id = useId();
  return (
    <div className={styles.choice} data-disabled={disabled || undefined}>
      <Radio.Root
        id={id}
        value={option.value}
        disabled={disabled}
        className={classes(styles.box, styles.round)}
        aria-labelledby={`${id}-label`}
        aria-describedby={option.hint ? `${id}-hint` : undefined}
      >
        <Radio.Indicator className={styles.dot} />
      </Radio.Root>
      <div className={styles.text}>
        <label htmlFor={id} id={`${id}-label`} className={styles.label}>
          {option.label}
        </label>
        {option.hint && (
          <p id={`${id}-hint`} className={styles.hint}>
            {option.hint}
          </p>
        )}
      </div>
    </div>
  );
}
