import { explain as explainAnywhere } from "@/app/explain";
import { asCallError, CallError } from "@/lib/ddp/errors";

/** Of these the server's own sentence says more here than what is said everywhere. */
const TELLING = new Set(["error-action-not-allowed", "error-password-policy-not-met"]);

/** Why a call failed, as a sentence; of the server's without the code that it ends with. */
export function explain(thrown: unknown): string {
  const error = asCallError(thrown);
  const text = error.message.replace(/\s*\[[^\]]*\]$/, "");
  return TELLING.has(error.id) && text ? text : explainAnywhere(new CallError(error.id, text, error.details));
}
