import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "@/i18n";
import { useStore } from "zustand";
import { type FactorPrompt, factorPrompt } from "@/lib/api/factor";
import { Button, Dialog, Form, PasswordField } from "@/ui";
import { useWorkspace } from "./store";

/** Asks for the password where the server wants it for a call, over whatever page or dialog made that call. */
export function FactorDialog() {
  const prompt = useStore(factorPrompt, (state) => state.prompt);
  return prompt ? <Asked prompt={prompt} /> : null;
}

function Asked({ prompt: { wrong, busy, answer } }: { prompt: FactorPrompt }) {
  const { t } = useTranslation();
  const id = useId();
  const username = useWorkspace((state) => state.me?.username);
  const field = useRef<HTMLInputElement>(null);
  const [password, setPassword] = useState("");
  const [missing, setMissing] = useState(false);
  useEffect(() => {
    if (wrong) field.current?.select();
  }, [wrong]);
  const submit = () => {
    setMissing(!password);
    if (password) answer(password);
  };
  // A dialog below this one stays.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    if (!busy) answer(undefined);
  };
  return (
    <Dialog
      open
      keepOpen
      onOpenChange={(open) => !open && !busy && answer(undefined)}
      title={t("app.factor.title")}
      description={t("app.factor.body")}
      size="small"
      initialFocus={field}
      footer={
        <>
          <Button onClick={() => answer(undefined)} disabled={busy}>
            {t("ui.cancel")}
          </Button>
          <Button type="submit" form={id} variant="primary" loading={busy}>
            {t("app.factor.act")}
          </Button>
        </>
      }
    >
      <Form id={id} busy={busy} onSubmit={submit} onKeyDown={onKeyDown}>
        {/* For password managers, which want to know whose it is. */}
        <input type="text" name="username" autoComplete="username" value={username ?? ""} readOnly hidden />
        <PasswordField
          ref={field}
          label={t("app.factor.password")}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={missing && !password ? t("errors.ids.totp-required") : wrong ? t("errors.ids.totp-invalid") : undefined}
        />
      </Form>
    </Dialog>
  );
}
