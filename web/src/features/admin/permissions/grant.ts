import type { TFunction } from "i18next";
import { call } from "@/lib/client/link";
import { now, store } from "@/lib/store/state";
import { toast } from "@/ui";
import { explain } from "../parts/explain";

function put(permission: string, role: string, holds: boolean): void {
  now((draft) => {
    const one = draft.get("permissions").get(permission);
    if (!one) return;
    const others = one.roles.filter((other) => other !== role);
    draft.map("permissions").set(permission, { ...one, roles: holds ? [...others, role] : others });
  });
}

/**
 * Gives a role a permission or takes it away, at once. One role is sent, not the list of all: what others change at the same
 * time stays. Where the server refuses, the box is as it was.
 */
export async function grant(permission: string, role: string, holds: boolean, t: TFunction): Promise<void> {
  put(permission, role, holds);
  try {
    await call(holds ? "authorization:addPermissionToRole" : "authorization:removeRoleFromPermission", permission, role);
  } catch (thrown) {
    if (store.getState().permissions.get(permission)?.roles.includes(role) === holds) put(permission, role, !holds);
    toast({ kind: "danger", title: t("admin.permissions.failed"), description: explain(thrown) });
  }
}
