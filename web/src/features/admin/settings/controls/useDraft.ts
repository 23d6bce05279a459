import { useState } from "react";
import { useTranslation } from "@/i18n";
import { type Definition } from "../definition";
import type { Saving } from "../useSave";
import { draftOf, read } from "../values";

export interface TextDraft {
  text: string;
  dirty: boolean;
  write: (text: string) => void;
  commit: () => void;
  discard: () => void;
}

/** What is typed over a setting's value until it is saved; while nothing is, it follows what others save. */
export function useDraft(setting: Definition, saving: Saving): TextDraft {
  const { t } = useTranslation();
  const [typed, type] = useState<string>();
  const stored = draftOf(setting);
  const text = typed ?? stored;
  // Of a secret only what is typed counts: an empty field leaves it as it is.
  const dirty = typed !== undefined && (setting.secret ? typed !== "" : typed !== stored);
  const discard = () => {
    type(undefined);
    saving.forget();
  };
  const commit = async () => {
    if (!dirty) return;
    const result = read(setting, text);
    if ("problem" in result) return saving.refuse(t(`admin.settings.problem.${result.problem}`, { limit: result.limit }));
    if (await saving.run(result.value)) type(undefined);
  };
  return { text, dirty, write: type, commit: () => void commit(), discard };
}
