import { useLocation } from "wouter";
import { openProfile } from "./profile";
import { messageTo } from "@/features/people";
import { call } from "@/lib/client/link";
import type { FoundUser } from "@/lib/protocol/methods";
import type { RoomRole, MemberAction } from "./memberActions";
import { setIgnored, told } from "./acts";
import type { RoleChange } from "./roster";

const rules = {
  grant: { owner: "addRoomOwner", moderator: "addRoomModerator", leader: "addRoomLeader" },
  revoke: { owner: "removeRoomOwner", moderator: "removeRoomModerator", leader: "removeRoomLeader" },
} as const;

interface Ways {
  showRole: (change: RoleChange) => void;
  /** Asks whether somebody is to be removed. */
  remove: (member: FoundUser) => void;
}

/** Does what was chosen for a member. */
export function useMemberActs(rid: string, { showRole, remove }: Ways): (member: FoundUser, action: MemberAction) => void {
  const [, go] = useLocation();
  const rule = async (member: FoundUser, act: "grant" | "revoke", role: RoomRole) => {
    const change = (type: RoleChange["type"]) => showRole({ type, _id: role, u: member, scope: rid });
    change(act === "grant" ? "added" : "removed");
    try {
      await call(rules[act][role], rid, member._id);
    } catch (thrown) {
      change(act === "grant" ? "removed" : "added");
      throw thrown;
    }
  };
  return (member, action) => {
    const { username } = member;
    if ("role" in action) return told(rule(member, action.act, action.role));
    switch (action.act) {
      case "profile":
        return openProfile(rid, username);
      case "message":
        return told(messageTo(username).then(go));
      case "mute":
        return told(call("muteUserInRoom", { rid, username }));
      case "unmute":
        return told(call("unmuteUserInRoom", { rid, username }));
      case "ignore":
        return told(setIgnored(rid, member._id, true));
      case "unignore":
        return told(setIgnored(rid, member._id, false));
      case "remove":
        return remove(member);
    }
  };
}
