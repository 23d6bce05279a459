import { useEffect, useState } from "react";
import { useWorkspace } from "@/app/store";
import { ask, listen } from "@/lib/client/link";
import { changedRoles, type RoleChange, type RolesOf } from "./roster";

const none: RolesOf = new Map();

/** The roles of a room's members, live; and what shows a change before the server tells of it. */
export function useRoomRoles(rid: string): [RolesOf, (change: RoleChange) => void] {
  const [known, setKnown] = useState({ rid, roles: none });
  const open = useWorkspace((state) => state.link.at === "open");
  useEffect(() => {
    if (!open) return;
    let late = false;
    const take = (change: RoleChange) => setKnown((before) => ({ ...before, roles: changedRoles(before.roles, change) }));
    const end = listen("notify-logged", "roles-change", ([change]) => {
      const one = change as RoleChange;
      if (one.scope === rid) take(one);
    });
    ask("getRoomRoles", rid).then(
      (holders) => {
        if (!late) setKnown({ rid, roles: new Map(holders.map((one) => [one.u._id, one.roles])) });
      },
      // Without them the list is still worth showing.
      () => {},
    );
    return () => {
      late = true;
      end();
    };
  }, [rid, open]);
  const show = (change: RoleChange) => setKnown((before) => ({ ...before, roles: changedRoles(before.roles, change) }));
  return [known.rid === rid ? known.roles : none, show];
}
