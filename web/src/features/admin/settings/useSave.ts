import { useEffect, useState } from "react";
import { useTranslation } from "@/i18n";
import type { SettingValue } from "@/lib/protocol/documents";
import { asCallError } from "@/lib/ddp/errors";
import { explain } from "../parts/explain";
import { save } from "./store";

export interface Fate {
  at: "idle" | "saving" | "saved" | "failed";
  problem?: string;
}

/** How long "saved" is said. */
const SAID = 4_000;

export interface Saving {
  fate: Fate;
  /** Whether it was saved. */
  run: (value: SettingValue, editor?: string) => Promise<boolean>;
  /** Says what is wrong without asking the server. */
  refuse: (problem: string) => void;
  forget: () => void;
}

/** Saves one setting, and tells how that goes. */
export function useSave(id: string): Saving {
  const { t } = useTranslation();
  const [fate, setFate] = useState<Fate>({ at: "idle" });
  useEffect(() => {
    if (fate.at !== "saved") return;
    const timer = setTimeout(() => setFate({ at: "idle" }), SAID);
    return () => clearTimeout(timer);
  }, [fate]);
  const run = async (value: SettingValue, editor?: string) => {
    setFate({ at: "saving" });
    try {
      await save(id, value, editor);
      setFate({ at: "saved" });
      return true;
    } catch (thrown) {
      const expected = asCallError(thrown).details?.expected;
      const problem = typeof expected === "string" ? t("admin.settings.expected", { expected }) : explain(thrown);
      setFate({ at: "failed", problem });
      return false;
    }
  };
  return { fate, run, refuse: (problem) => setFate({ at: "failed", problem }), forget: () => setFate({ at: "idle" }) };
}
