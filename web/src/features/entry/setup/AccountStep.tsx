import { useTranslation } from "@/i18n";
import { TextField } from "@/ui";
import { AccountFields } from "../AccountFields";
import type { useSubmit } from "../useSubmit";
import type { Gathered, Wrong } from "./steps";

export interface StepProps {
  gathered: Gathered;
  onChange: (gathered: Gathered) => void;
  wrong: Wrong;
  form: ReturnType<typeof useSubmit>;
}

/** Who administers the workspace; away from the server's own machine, with the token that it printed. */
export function AccountStep({ gathered, onChange, wrong, form, tokenNeeded }: StepProps & { tokenNeeded: boolean }) {
  const { t } = useTranslation();
  const refused = gathered.token.trim() === "" ? undefined : form.say("token");
  return (
    <>
      <AccountFields account={gathered.account} onChange={(account) => onChange({ ...gathered, account })} wrong={wrong} form={form} />
      {tokenNeeded && (
        <TextField
          label={t("entry.setup.token")}
          hint={t("entry.setup.tokenHint")}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={gathered.token}
          error={wrong.token ? t(`entry.errors.${wrong.token}`) : (refused ?? (form.failure?.field === "token" && t("entry.errors.tokenMissing")))}
          onChange={(event) => onChange({ ...gathered, token: event.target.value })}
        />
      )}
    </>
  );
}
