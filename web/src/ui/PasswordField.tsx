import { useState, type ComponentPropsWithRef } from "react";
import { useTranslation } from "@/i18n";
import { classes } from "./classes";
import { Field, type FieldOptions } from "./Field";
import { IconButton } from "./IconButton";
import styles from "./Input.module.css";

export interface PasswordFieldProps extends FieldOptions, Omit<ComponentPropsWithRef<"input">, "type"> {
  autoComplete: "current-password" | "new-password" | "one-time-code" | "off";
}

export function PasswordField({ label, hideLabel, hint, error, optional, id, className, ...rest }: PasswordFieldProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <Field {...{ label, hideLabel, hint, error, optional, id }}>
      {(wires) => (
        <span className={classes(styles.box, className)}>
          <input
            type={shown ? "text" : "password"}
            className={styles.input}
            spellCheck={false}
            autoCapitalize="none"
            {...rest}
            {...wires}
          />
          <IconButton
            icon={shown ? "eye-off" : "eye"}
            label={t(shown ? "ui.hidePassword" : "ui.showPassword")}
            size="small"
            className={styles.after}
            disabled={rest.disabled}
            onClick={() => setShown(!shown)}
          />
        </span>
      )}
    </Field>
  );
}
