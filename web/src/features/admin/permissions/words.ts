// What a permission allows, in words: of the common ones written down, of the others made from their ids.

import { phrase } from "../settings/labels";

const known: Record<string, string> = {
  "access-permissions": "Open this page, and decide what roles may do",
  "access-marketplace": "Look at the marketplace of apps",
  "access-setting-permissions": "Decide which roles may change single settings",
  "access-mailer": "Write mail to all people",
  "access-federation": "Talk with people of other servers",
  "add-oauth-service": "Add services to log in with",
  "add-user-to-joined-room": "Add people to rooms one is in",
  "add-user-to-any-c-room": "Add people to any channel",
  "add-user-to-any-p-room": "Add people to any private group",
  "add-all-to-room": "Add everybody to a room at once",
  "kick-user-from-any-c-room": "Remove people from any channel",
  "kick-user-from-any-p-room": "Remove people from any private group",
  "api-bypass-rate-limit": "Call the API without limits",
  "archive-room": "Archive a room",
  "unarchive-room": "Bring an archived room back",
  "assign-admin-role": "Make others administrators",
  "assign-roles": "Give roles to others",
  "auto-translate": "Use automatic translation",
  "ban-user": "Ban people from a room",
  "bulk-register-user": "Create many accounts at once",
  "bypass-time-limit-edit-and-delete": "Edit and delete messages however old they are",
  "can-audit": "Read what others wrote, for an audit",
  "can-audit-log": "See who audited what",
  "clean-channel-history": "Delete a room's messages of a span of time",
  "create-c": "Create channels",
  "create-p": "Create private groups",
  "create-d": "Start direct messages",
  "create-team": "Create teams",
  "create-user": "Create accounts",
  "create-invite-links": "Create links that invite to a room",
  "create-personal-access-tokens": "Create own tokens for the API",
  "delete-c": "Delete channels",
  "delete-p": "Delete private groups",
  "delete-d": "Delete direct messages",
  "delete-message": "Delete messages of others",
  "delete-own-message": "Delete own messages",
  "delete-user": "Delete accounts",
  "delete-team": "Delete teams",
  "edit-message": "Edit messages of others",
  "edit-other-user-active-status": "Activate and deactivate accounts",
  "edit-other-user-info": "Change others' name, username and address",
  "edit-other-user-password": "Set others' passwords",
  "edit-other-user-avatar": "Change others' pictures",
  "edit-other-user-e2ee": "Reset others' encryption keys",
  "edit-other-user-totp": "Reset others' second factor",
  "edit-privileged-setting": "Change all settings of the server",
  "edit-room": "Change a room's name, topic and the like",
  "edit-room-avatar": "Change a room's picture",
  "edit-room-retention-policy": "Change how long a room keeps messages",
  "export-messages-as-pdf": "Export messages as PDF",
  "force-delete-message": "Delete any message, whatever the settings say",
  "get-server-info": "See which version the server runs",
  "join-without-join-code": "Join rooms that ask for a code, without it",
  "leave-c": "Leave channels",
  "leave-p": "Leave private groups",
  "logout-other-user": "Log others out everywhere",
  "mail-messages": "Send a room's messages by mail",
  "manage-assets": "Change logos and other pictures of the workspace",
  "manage-emoji": "Add and remove emoji",
  "manage-selected-settings": "Change the settings that the role is given one by one",
  "manage-sounds": "Add and remove sounds",
  "manage-user-status": "Add and remove statuses to choose from",
  "manage-own-outgoing-integrations": "Manage own outgoing webhooks",
  "manage-own-incoming-integrations": "Manage own incoming webhooks",
  "manage-outgoing-integrations": "Manage all outgoing webhooks",
  "manage-incoming-integrations": "Manage all incoming webhooks",
  "manage-oauth-apps": "Manage apps that log in here",
  "mention-all": "Mention everybody in a room with @all",
  "mention-here": "Mention who is online with @here",
  "message-impersonate": "Send messages under another name or picture",
  "mobile-upload-file": "Send files from a phone",
  "mute-user": "Mute people in a room",
  "pin-message": "Pin messages",
  "post-readonly": "Write in read-only rooms",
  "preview-c-room": "Read a channel before joining it",
  "remove-user": "Remove people from a room",
  "run-import": "Import data from other programs",
  "run-migration": "Run migrations of the database",
  "restart-server": "Restart the server",
  "send-many-messages": "Send messages faster than others may",
  "send-mail": "Send mail",
  "set-moderator": "Make people moderators of a room",
  "set-owner": "Make people owners of a room",
  "set-leader": "Make somebody the leader of a room",
  "set-readonly": "Make a room read-only",
  "set-react-when-readonly": "Allow reactions in read-only rooms",
  "start-discussion": "Start discussions under a room",
  "start-discussion-other-user": "Start discussions under others' messages",
  "toggle-room-e2e-encryption": "Turn a room's encryption on and off",
  "user-generate-access-token": "Create tokens that log others in",
  "view-broadcast-member-list": "See who is in a broadcast room",
  "view-c-room": "See and join channels",
  "view-d-room": "Read own direct messages, and find people",
  "view-p-room": "Read private groups one is in",
  "view-l-room": "Read livechat rooms",
  "view-full-other-user-info": "See others' mail addresses and details",
  "view-history": "Read what was written before joining",
  "view-joined-room": "Read rooms one has joined",
  "view-join-code": "See the code that a room asks for",
  "view-logs": "Read the server's log",
  "view-members-list-all-rooms": "See the members of all rooms",
  "view-moderation-console": "Open the list of reported messages",
  "view-other-user-channels": "See which channels others are in",
  "view-outside-room": "Find people one shares no room with",
  "view-privileged-setting": "See all settings of the server",
  "view-room-administration": "Open the list of all rooms",
  "view-statistics": "See the figures of the workspace",
  "view-user-administration": "Open the list of all people",
  "outbound.send-messages": "Write to customers first",
  "outbound.can-assign-queues": "Choose the queue of a message to a customer",
  "outbound.can-assign-any-agent": "Choose the agent of a message to a customer",
  "outbound.can-assign-self-only": "Take answers of customers oneself only",
  "videoconf-ring-users": "Ring others for a call",
};

const verbs: Record<string, string> = {
  view: "see", access: "open", spy: "listen to", save: "save", request: "ask for", allow: "make", inbound: "take", outbound: "make", on: "put on", test: "try",
};

const nouns: Record<string, string> = {
  c: "channels", p: "private groups", d: "direct messages", l: "livechat rooms", livechat: "livechat", voip: "VoIP", oauth: "OAuth", abac: "ABAC", pdf: "PDF",
  sla: "SLA", e2ee: "encryption", totp: "second factor", customfields: "custom fields", oembed: "embed", others: "others'", info: "details",
};

const SETTING = "change-setting-";

/** What a permission allows. */
export function explained(id: string): string {
  const ready = known[id];
  if (ready) return ready;
  if (id.startsWith(SETTING)) return `Change the setting “${phrase(id.slice(SETTING.length))}”`;
  const [first = "", ...rest] = id.split(/[-.]/);
  const words = [verbs[first] ?? first, ...rest.map((word) => nouns[word] ?? word)].join(" ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Whether a permission is about changing one setting. */
export function ofSetting(id: string): boolean {
  return id.startsWith(SETTING);
}

/** Of what a permission is, to part a long list. */
export function familyOf(id: string): "rooms" | "messages" | "people" | "omnichannel" | "settings" | "server" {
  if (ofSetting(id)) return "settings";
  if (/livechat|omnichannel|canned|voip|outbound|agent|-l-room|voice-calls/.test(id)) return "omnichannel";
  if (/message|mention|post-|translate|discussion|upload-file|transcript/.test(id)) return "messages";
  if (/user|role|register|profile|access-token|device/.test(id)) return "people";
  if (/room|-[cdp]$|team|channel|owner|moderator|leader|readonly|join|history|invite|videoconf/.test(id)) return "rooms";
  return "server";
}
