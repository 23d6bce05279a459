import { useEffect, useRef, useState } from "react";
import { useTranslation } from "@/i18n";
import { Button, Form, TextField } from "@/ui";
import { EntryFrame } from "./EntryFrame";

interface Props {
  method: "totp" | "email" | "password";
  busy: boolean;
  error: string | undefined;
  problem: string | undefined;
  onCode: (code: string) => void;
  onBack: () => void;
}

/** Asks for the second factor's code; what was typed before is kept for going back. */
export function SecondFactor({ method, busy, error, problem, onCode, onBack }: Props) {
  const { t } = useTranslation();
  const [code, setCode] = useState("");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (error) field.current?.select();
  }, [error]);
  return (
    <EntryFrame title={t("entry.factor.title")} lead={t(`entry.factor.${method}`)}>
      <Form onSubmit={() => code.trim() && onCode(code.replace(/\s/g, ""))} busy={busy} error={problem}>
        <TextField
          ref={field}
          label={t("entry.factor.code")}
          name="code"
          inputMode={method === "password" ? "text" : "numeric"}
          type={method === "password" ? "password" : "text"}
          autoComplete={method === "password" ? "current-password" : "one-time-code"}
          value={code}
          error={error}
          onChange={(event) => setCode(event.target.value)}
        />
        <Button type="submit" variant="primary" wide loading={busy}>
          {t("entry.factor.act")}
        </Button>
        <Button variant="ghost" wide onClick={onBack}>
          {t("entry.back")}
        </Button>
      </Form>
    </EntryFrame>
  );
}
