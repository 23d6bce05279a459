import { useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "@/i18n";
import { explain } from "@/app/explain";
import { Button, Form, FormActions, IconButton, TextArea, TextField, classes } from "@/ui";
import styles from "./Pane.module.css";

interface EditableTextProps {
  label: string;
  value: string;
  /** What stands where there is no text. */
  none: string;
  editable: boolean;
  /** One line; a name, for one. */
  short?: boolean;
  /** Larger than other texts. */
  title?: boolean;
  hint?: string;
  maxLength?: number;
  onSave: (value: string) => Promise<void>;
}

/** A text that is changed where it stands. */
export function EditableText(props: EditableTextProps) {
  const { label, value, none, editable, title } = props;
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const close = () => {
    setEditing(false);
    requestAnimationFrame(() => pencil.current?.focus());
  };
  if (editing) return <Editor {...props} onClose={close} />;
  return (
    <div className={styles.field}>
      <div className={styles.fieldHead}>
        <span>{label}</span>
        {editable && <IconButton ref={pencil} icon="pencil" size="small" label={t("panel.edit.open", { what: label })} onClick={() => setEditing(true)} />}
      </div>
      <p className={classes(styles.text, title && styles.title, !value && styles.none)} dir="auto">
        {value || none}
      </p>
    </div>
  );
}

function Editor({ label, value, short, hint, maxLength, onSave, onClose }: EditableTextProps & { onClose: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const save = async () => {
    if (text.trim() === value) return onClose();
    setBusy(true);
    setError(undefined);
    try {
      await onSave(text.trim());
      onClose();
    } catch (thrown) {
      setError(explain(thrown));
      setBusy(false);
    }
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      event.preventDefault();
      onClose();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save();
    }
  };
  const field = {
    label,
    hint,
    maxLength,
    error,
    value: text,
    autoFocus: true,
    onChange: (event: { target: { value: string } }) => setText(event.target.value),
    onKeyDown: keys,
  };
  return (
    <Form busy={busy} onSubmit={() => void save()}>
      {short ? <TextField {...field} /> : <TextArea {...field} />}
      <FormActions>
        <Button type="submit" variant="primary" size="small" loading={busy}>
          {t("panel.edit.save")}
        </Button>
        <Button size="small" variant="ghost" onClick={onClose} disabled={busy}>
          {t("panel.edit.cancel")}
        </Button>
      </FormActions>
    </Form>
  );
}
