// Written from the server's own list of streams (CONTRIBUTING.md says how): what it sends, as the names of events are
// formed. An event or a stream that goes away there breaks the build here.
export const streams = {
  "stream-notify-all": [
    "public-settings-changed",
    "public-info",
  ],
  "stream-notify-logged": [
    "user-status",
    "Users:NameChanged",
    "Users:Deleted",
    "roles-change",
    "permissions-changed",
    "private-settings-changed",
  ],
  "stream-notify-room": [
    "{id}/deleteMessage",
    "{id}/user-activity",
    "{id}/typing",
    "{id}/webrtc",
  ],
  "stream-notify-user": [
    "{id}/subscriptions-changed",
    "{id}/rooms-changed",
    "{id}/message",
    "{id}/userData",
    "{id}/force_logout",
    "{id}/notification",
    "{id}/otr",
    "{id}/webrtc",
    "{id}/e2ekeyRequest",
    "{id}/updateInvites",
  ],
  "stream-roles": [
    "roles",
  ],
  "stream-room-data": [
    "{id}",
  ],
  "stream-room-messages": [
    "{id}",
    "__my_messages__",
  ],
  "stream-user-presence": [
    "{any}",
  ],
} as const;

export type Stream = keyof typeof streams;
export type EventOf<S extends Stream> = (typeof streams)[S][number];
