//! The methods, by hand: what they take has no schema. One that is missing here fails the matrix.

use super::door::Method;
use super::scene::{Cast, Room};
use gantry_rest::endpoint::Access::{self, Accounts, ActInRoom, Administer, Anyone, Own, ReadRoom, RuleRoom};
use serde_json::{Value, json};

/// Those that take a room or a message, and those that answer rooms.
pub(super) static METHODS: &[Method] = &[
    method("getRoomById", ReadRoom, |room, _| json!([room.rid])),
    method("getRoomIdByNameOrId", ReadRoom, |room, _| json!([room.rid])),
    method("getRoomNameById", ReadRoom, |room, _| json!([room.rid])),
    method("getRoomByTypeAndName", ReadRoom, |room, _| json!([letter(room), room.rid])),
    method("getUsersOfRoom", ReadRoom, |room, _| json!([room.rid, true])),
    method("getRoomRoles", ReadRoom, |room, _| json!([room.rid])),
    method("joinRoom", ReadRoom, |room, _| json!([room.rid])),
    method("loadHistory", ReadRoom, |room, _| json!([room.rid, null, 50])),
    method("loadMissedMessages", ReadRoom, |room, _| json!([room.rid, { "$date": 0 }])),
    method("loadNextMessages", ReadRoom, |room, _| json!([room.rid, { "$date": 0 }])),
    method("loadSurroundingMessages", ReadRoom, |room, _| json!([{ "_id": room.message, "rid": room.rid }])),
    method("getMessages", ReadRoom, |room, _| json!([[room.message]])),
    method("getSingleMessage", ReadRoom, |room, _| json!([room.message])),
    method("messages/get", ReadRoom, |room, _| json!([room.rid, { "lastUpdate": { "$date": 0 } }])),
    method("canAccessRoom", ReadRoom, |room, _| json!([room.rid])),
    method("getChannelHistory", ReadRoom, |room, _| json!([{ "rid": room.rid }])),
    // By the beginning of all names of rooms.
    method("spotlight", Accounts, |room, _| json!(["name-of", [], {}, room.rid])),
    method("browseChannels", Accounts, |_, _| json!([{ "text": "name-of", "limit": 100 }])),
    method("channelsList", Accounts, |_, _| json!(["name-of", "all"])),
    method("saveSetting", Administer, |_, _| json!(["Site_Name", "innocent"])),
    method("saveSettings", Administer, |_, _| json!([[{ "_id": "Site_Name", "value": "innocent" }]])),
    method("authorization:addPermissionToRole", Administer, |_, _| json!(["view-statistics", "bot"])),
    method("authorization:removeRoleFromPermission", Administer, |_, _| json!(["view-statistics", "bot"])),
    method("authorization:addUserToRole", Administer, |_, _| json!(["leader", "peer"])),
    method("authorization:removeUserFromRole", Administer, |_, _| json!(["leader", "peer"])),
    method("setAdminStatus", Administer, |_, cast| json!([cast.peer.id(), false])),
    method("setUserActiveStatus", Administer, |_, cast| json!([cast.peer.id(), true])),
    method("insertOrUpdateUser", Administer, |_, cast| json!([{ "_id": cast.peer.id() }])),
    // The server's own account: nobody can delete it, and who may delete others is told something else.
    method("deleteUser", Administer, |_, _| json!(["rocket.cat"])),
    method("getStatistics", Administer, |_, _| json!([])),
    method("authorization:deleteRole", Administer, |_, _| json!(["leader"])),
    method("createToken", Administer, |_, cast| json!([cast.peer.id(), ""])),
    // Nobody has none.
    method("rooms/get", Anyone, |_, _| json!([{ "$date": 0 }])),
    method("subscriptions/get", Anyone, |_, _| json!([{ "$date": 0 }])),
    method("readMessages", Own, |room, _| json!([room.rid])),
    method("unreadMessages", Own, |room, _| json!([null, room.rid])),
    method("openRoom", Own, |room, _| json!([room.rid])),
    method("hideRoom", Own, |room, _| json!([room.rid])),
    method("saveNotificationSettings", Own, |room, _| json!([room.rid, "desktopNotifications", "all"])),
    method("saveAudioNotificationValue", Own, |room, _| json!([room.rid, "beep"])),
    method("toggleFavorite", Own, |room, _| json!([room.rid, true])),
    method("ignoreUser", Own, |room, cast| json!([{ "rid": room.rid, "userId": cast.peer.id() }])),
    method("createDirectMessage", Accounts, |_, _| json!(["owner", "member"])),
    method("createChannel", Accounts, |_, cast| json!([format!("fresh-{}", cast.fresh())])),
    method("createPrivateGroup", Accounts, |_, cast| json!([format!("fresh-{}", cast.fresh())])),
    method("sendMessage", ActInRoom, |room, _| json!([{ "rid": room.rid, "msg": "innocent" }])),
    method("updateMessage", ActInRoom, |room, _| json!([{ "_id": room.message, "rid": room.rid, "msg": "innocent" }])),
    method("deleteMessage", ActInRoom, |room, _| json!([{ "_id": room.message }])),
    method("setReaction", ActInRoom, |room, _| json!([":smile:", room.message])),
    method("slashCommand", ActInRoom, |room, _| command(room, "me", "innocent")),
    method("slashCommand", RuleRoom, |room, _| command(room, "kick", "@peer")),
    method("slashCommand", RuleRoom, |room, _| command(room, "invite", "@guest")),
    method("slashCommand", RuleRoom, |room, _| command(room, "archive", "")),
    method("leaveRoom", ActInRoom, |room, _| json!([room.rid])),
    method("addUsersToRoom", RuleRoom, |room, _| json!([{ "rid": room.rid, "users": ["guest"] }])),
    method("addUserToRoom", RuleRoom, |room, _| json!([{ "rid": room.rid, "username": "guest" }])),
    method("removeUserFromRoom", RuleRoom, |room, _| json!([{ "rid": room.rid, "username": "peer" }])),
    method("addRoomOwner", RuleRoom, ruled),
    method("removeRoomOwner", RuleRoom, degraded),
    method("addRoomModerator", RuleRoom, ruled),
    method("removeRoomModerator", RuleRoom, degraded),
    method("addRoomLeader", RuleRoom, ruled),
    method("removeRoomLeader", RuleRoom, degraded),
    method("saveRoomSettings", RuleRoom, |room, _| json!([room.rid, { "roomTopic": "innocent" }])),
    method("muteUserInRoom", RuleRoom, |room, _| json!([{ "rid": room.rid, "username": "peer" }])),
    method("unmuteUserInRoom", RuleRoom, |room, _| json!([{ "rid": room.rid, "username": "peer" }])),
    method("blockUser", ActInRoom, |room, cast| json!([{ "rid": room.rid, "blocked": cast.peer.id() }])),
    method("unblockUser", ActInRoom, |room, cast| json!([{ "rid": room.rid, "blocked": cast.member_id() }])),
    method("addAllUserToRoom", RuleRoom, |room, _| json!([room.rid])),
    method("getRoomJoinCode", Administer, |room, _| json!([room.rid])),
    method("roomNameExists", Accounts, |_, _| json!(["no-such-room"])),
    method("archiveRoom", RuleRoom, |room, _| json!([room.rid])),
    method("unarchiveRoom", RuleRoom, |room, _| json!([room.rid])),
    method("eraseRoom", RuleRoom, |room, _| json!([room.rid])),
    method("getUserRoles", Accounts, |_, _| json!([])),
    method("public-settings/get", Anyone, |_, _| json!([])),
    method("permissions/get", Anyone, |_, _| json!([])),
];

/// Those that take no room and answer none: accounts, settings, sessions.
pub(super) const OF_NO_ROOM: &[&str] = &[
    "login",
    "logout",
    "logoutOtherClients",
    "logoutCleanUp",
    "saveUserProfile",
    "setUsername",
    "setRealName",
    "setEmail",
    "saveCustomFields",
    "setUserPassword",
    "changePassword",
    "checkUsernameAvailability",
    "getUsernameSuggestion",
    "getPasswordPolicy",
    "deleteUserOwnAccount",
    "joinDefaultChannels",
    "getSetupWizardParameters",
    "checkRegistrationSecretURL",
    "removeOtherTokens",
    "getNewToken",
    "personalAccessTokens:generateToken",
    "personalAccessTokens:regenerateToken",
    "personalAccessTokens:removeToken",
    "getTotalChannels",
    "license:hasLicense",
    "license:getTags",
    "registerUser",
    "saveUserPreferences",
    "userSetUtcOffset",
    "setUserStatus",
    "getUserStatusText",
    "UserPresence:setDefaultStatus",
    "UserPresence:online",
    "UserPresence:away",
    "private-settings/get",
    "license:getModules",
    "license:isEnterprise",
    "listCustomSounds",
    "listCustomUserStatus",
    "listEmojiCustom",
];

const fn method(name: &'static str, access: Access, params: fn(&Room, &Cast) -> Value) -> Method {
    Method { name, access, params }
}

fn ruled(room: &Room, cast: &Cast) -> Value {
    json!([room.rid, cast.peer.id()])
}

fn degraded(room: &Room, cast: &Cast) -> Value {
    json!([room.rid, cast.deputy.id()])
}

fn command(room: &Room, name: &str, params: &str) -> Value {
    let message = json!({ "rid": room.rid, "msg": format!("/{name} {params}") });
    json!([{ "cmd": name, "params": params, "msg": message, "triggerId": "" }])
}

fn letter(room: &Room) -> &'static str {
    use super::oracle::Place;
    match room.place {
        Place::Public | Place::Deleted => "c",
        Place::Private | Place::Archived => "p",
        Place::Direct => "d",
    }
}

/// All that are served.
pub(super) fn declared() -> Vec<&'static str> {
    gantry_realtime::methods()
}
