import { useSetting } from "@/app/store";
import type { UserRef } from "@/lib/protocol/documents";

/** What a user is called on this server. */
export function useName(user: UserRef | undefined, alias?: string): string {
  const real = useSetting("UI_Use_Real_Name") === true;
  return alias || (real && user?.name) || user?.username || user?.name || "";
}
