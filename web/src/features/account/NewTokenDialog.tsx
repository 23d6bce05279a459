import { useId, useState } from "react";
import { useTranslation } from "@/i18n";
import { explain } from "@/app/explain";
import { call } from "@/lib/client/link";
import { Button, Checkbox, Dialog, Form, TextField } from "@/ui";
import type { Secret } from "./SecretDialog";

interface NewTokenDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onMade: (made: Secret) => void;
}

export function NewTokenDialog({ open, ...rest }: NewTokenDialogProps) {
  return open ? <Opened {...rest} /> : null;
}

function Opened({ onOpenChange, onMade }: Omit<NewTokenDialogProps, "open">) {
  const { t } = useTranslation();
  const id = useId();
  const [name, setName] = useState("");
  const [bypass, setBypass] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const make = async () => {
    const tokenName = name.trim();
    if (!tokenName) return setError(t("account.tokens.nameMissing"));
    setBusy(true);
    setError(undefined);
    try {
      const token = await call("personalAccessTokens:generateToken", { tokenName, bypassTwoFactor: bypass });
      onOpenChange(false);
      onMade({ name: tokenName, token });
    } catch (thrown) {
      setError(explain(thrown));
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={t("account.tokens.newTitle")}
      size="small"
      footer={
        <Button type="submit" form={id} variant="primary" loading={busy}>
          {t("account.tokens.create")}
        </Button>
      }
    >
      <Form id={id} busy={busy} onSubmit={() => void make()}>
        <TextField label={t("account.tokens.name")} hint={t("account.tokens.nameHint")} value={name} maxLength={100} onChange={(event) => setName(event.target.value)} error={error} autoComplete="off" />
        <Checkbox label={t("account.tokens.bypass")} hint={t("account.tokens.bypassHint")} checked={bypass} onCheckedChange={setBypass} />
      </Form>
    </Dialog>
  );
}
