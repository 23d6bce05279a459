import type { ComponentPropsWithRef, ReactNode, SubmitEvent } from "react";
import { Banner } from "./Banner";
import { classes } from "./classes";
import styles from "./Form.module.css";

export interface FormProps extends Omit<ComponentPropsWithRef<"form">, "onSubmit"> {
  /** Called instead of the browser's own sending; while `busy`, not at all. */
  onSubmit: (form: HTMLFormElement) => void;
  busy?: boolean;
  /** What is wrong with the whole; what is wrong with a field stands under the field. */
  error?: ReactNode;
}

export function Form({ onSubmit, busy, error, className, children, ...rest }: FormProps) {
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!busy) onSubmit(event.currentTarget);
  };
  return (
    <form noValidate aria-busy={busy || undefined} className={classes(styles.form, className)} onSubmit={submit} {...rest}>
      {error && <Banner kind="danger">{error}</Banner>}
      {children}
    </form>
  );
}

/** The buttons at a form's end; the one that sends comes first. */
export function FormActions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}

/** Leads to the first field that is wrong, after the errors were drawn. */
export function focusFirstError(form: HTMLElement): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
