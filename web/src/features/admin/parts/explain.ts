import type { TFunction } from "i18next";
import { asCallError } from "@/lib/ddp/errors";

const known = new Set(["offline", "lost", "too-many-requests", "totp-required"]);

/** Why a call failed, as a sentence: the server's, without the code that it ends with. */
export function explain(thrown: unknown, t: TFunction): string {
  const error = asCallError(thrown);
  if (known.has(error.id)) return t(`admin.failed.${error.id}`);
  const text = error.message.replace(/\s*\[[^\]]*\]$/, "");
  return text || t("admin.failed.unknown");
}
