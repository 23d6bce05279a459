import { explain } from "@/app/explain";
import { setPreferences } from "@/app/preferences";
import type { PreferenceValue } from "@/lib/protocol/documents";
import { toast } from "@/ui";

/** Runs what is shown already; says so where it failed. */
export function told(doing: Promise<unknown>): void {
  doing.catch((thrown: unknown) => toast({ kind: "danger", title: explain(thrown) }));
}

/** Saves one preference. */
export function prefer(key: string, value: PreferenceValue): void {
  told(setPreferences({ [key]: value }));
}
