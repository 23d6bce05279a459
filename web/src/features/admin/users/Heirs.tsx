import { useTranslation } from "@/i18n";
import type { CallError } from "@/lib/ddp/errors";

/** What becomes of rooms that have no other owner, or no other member. */
export interface Inheritance {
  handedOn: string[];
  removed: string[];
}

const names = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);

export function inheritanceOf(error: CallError): Inheritance | undefined {
  if (error.id !== "user-last-owner") return undefined;
  return { handedOn: names(error.details?.shouldChangeOwner), removed: names(error.details?.shouldBeRemoved) };
}

export function Heirs({ inheritance: { handedOn, removed } }: { inheritance: Inheritance }) {
  const { t } = useTranslation();
  return (
    <>
      {handedOn.length > 0 && <p>{t("admin.users.heirs.handedOn", { rooms: handedOn.join(", "), count: handedOn.length })}</p>}
      {removed.length > 0 && <p>{t("admin.users.heirs.removed", { rooms: removed.join(", "), count: removed.length })}</p>}
    </>
  );
}
