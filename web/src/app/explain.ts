// What a failure means, in words for the person in front of the screen.

import { i18n } from "@/i18n";
import { asCallError, type CallError } from "@/lib/ddp/errors";

/** Why something failed, said so that one knows what to do; the server's own text where there is nothing better. */
export function explain(thrown: unknown): string {
  const error = asCallError(thrown);
  const key = keyOf(error);
  const known = key !== undefined && i18n.exists(key);
  return known ? i18n.t(key) : error.message || i18n.t("errors.broken");
}

function keyOf({ id }: CallError): string {
  if (id === "offline" || id === "lost") return "errors.offline";
  if (id === "too-many-requests") return "errors.slow";
  if (id === "500") return "errors.broken";
  return `errors.ids.${id}`;
}

/** The same failure as an error whose message can be shown: for what shows the message of whatever is thrown. */
export async function explained<T>(doing: Promise<T>): Promise<T> {
  try {
    return await doing;
  } catch (thrown) {
    throw new Error(explain(thrown), { cause: thrown });
  }
}
