import { Select as Base } from "@base-ui/react/select";
import { classes } from "./classes";
import { Field, type FieldOptions } from "./Field";
import { Icon } from "./Icon";
import type { IconName } from "./icons";
import input from "./Input.module.css";
import popup from "./popup.module.css";
import styles from "./Select.module.css";

export interface SelectOption<Value extends string> {
  value: Value;
  label: string;
  hint?: string;
  icon?: IconName;
  disabled?: boolean;
}

export interface SelectProps<Value extends string> extends FieldOptions {
  id?: string;
  name?: string;
  options: readonly SelectOption<Value>[];
  value: Value | null;
  onValueChange: (value: Value) => void;
  placeholder?: string;
  disabled?: boolean;
  className?: string;
}

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, hideLabel, hint, error, optional, id, options, value, onValueChange, placeholder, className, ...rest } = props;
  return (
    <Field {...{ label, hideLabel, hint, error, optional, id }}>
      {(wires) => (
        <Base.Root items={options} value={value} onValueChange={(next) => next !== null && onValueChange(next)} modal={false} {...rest}>
          <Base.Trigger {...wires} aria-labelledby={`${wires.id}-label`} className={classes(input.box, styles.trigger, className)}>
            <Base.Value className={styles.value} placeholder={placeholder} />
            <Base.Icon className={styles.icon}>
              <Icon name="chevrons-vertical" size="small" />
            </Base.Icon>
          </Base.Trigger>
          <Base.Portal>
            <Base.Positioner className={popup.positioner} sideOffset={4} alignItemWithTrigger={false} align="start">
              <Base.Popup className={classes(popup.popup, styles.popup)}>
                {options.map((option) => (
                  <Option key={option.value} option={option} />
                ))}
              </Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        </Base.Root>
      )}
    </Field>
  );
}

function Option({ option }: { option: SelectOption<string> }) {
  return (
    <Base.Item value={option.value} disabled={option.disabled} className={popup.item}>
      {option.icon && <Icon name={option.icon} size="small" />}
      <span className={popup.text}>
        <Base.ItemText>{option.label}</Base.ItemText>
        {option.hint && <span className={popup.hint}>{option.hint}</span>}
      </span>
      <span className={popup.mark}>
        <Base.ItemIndicator>
          <Icon name="check" size="small" />
        </Base.ItemIndicator>
      </span>
    </Base.Item>
  );
}
