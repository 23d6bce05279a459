import type { Subscription } from "../protocol/documents";
import type { State } from "./state";

interface Known extends Pick<State, "me" | "permissions"> {
  subscriptions: ReadonlyMap<string, Pick<Subscription, "roles">>;
}

/** Whether this user has a permission, in a room with the roles of its membership. The server decides; this only spares the question. */
export function may(state: Known, permission: string, rid?: string): boolean {
  const roles = state.permissions.get(permission)?.roles;
  if (!roles) return false;
  const here = rid === undefined ? undefined : state.subscriptions.get(rid)?.roles;
  return roles.some((role) => state.me?.roles?.includes(role) || here?.includes(role));
}

export function mayAny(state: Known, permissions: readonly string[], rid?: string): boolean {
  return permissions.some((permission) => may(state, permission, rid));
}
