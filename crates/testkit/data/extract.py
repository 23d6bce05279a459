#!/usr/bin/env python3
"""Writes api.json: the published schemas of the calls that Gantry serves.

    python3 extract.py PATH/TO/published-api.json

The source is one JSON object, `"METHOD /path"` to `{auth, params, body, responses, always}`, with plain JSON Schema
per content type and, in `always`, the keys that every published example of a status has. Only facts are taken (names,
types, codes): prose and examples are dropped. To cover more calls, add them to CALLS and run the script again.
"""

import json
import pathlib
import sys

ROOM = (
    "create info list members counters history messages join invite kick leave delete open close archive unarchive "
    "addOwner removeOwner addModerator removeModerator addLeader removeLeader roles addAll rename setTopic "
    "setAnnouncement setDescription setPurpose setReadOnly setCustomFields setType setDefault setJoinCode"
)
CALLS = {
    "": "listInvites removeInvite/{_id} useInviteToken login logout me settings settings/{_id} settings.public settings.oauth method.call/{method} "
    "spotlight directory",
    "channels": ROOM + " list.joined",
    "commands": "list get run",
    "chat": "postMessage sendMessage getMessage update delete react syncMessages",
    "dm": "create list history open close members messages list.everyone setTopic counters delete messages.others",
    "groups": ROOM + " listAll",
    "im": "blockUser",
    "permissions": "listAll update",
    "pw": "getPolicy",
    "roles": "list addUserToRole removeUserFromRole getUsersInPublicRoles create update delete getUsersInRole sync",
    "rooms": "adminRooms adminRooms.getRoom autocomplete.channelAndPrivate membersOrderedByRole get info leave saveRoomSettings nameExists roles muteUser unmuteUser",
    "subscriptions": "get getOne read unread",
    "users": (
        "register create info list listByStatus autocomplete delete deleteOwnAccount setActiveStatus createToken getPresence getStatus presence setStatus "
        "getPreferences setPreferences updateOwnBasicInfo update checkUsernameAvailability getUsernameSuggestion logout "
        "logoutOtherClients removeOtherTokens generatePersonalAccessToken regeneratePersonalAccessToken "
        "getPersonalAccessTokens removePersonalAccessToken"
    ),
}
# Part of these names but not of the slice.
LEFT_OUT = {"POST /api/v1/settings"}

# Published schemas that are narrower than the answers they describe: call, status, path of the part, what it is.
WIDER = [
    # Settings are numbers, too, and objects (assets).
    ("GET /api/v1/settings", "200", "settings[].value", {}),
    ("GET /api/v1/settings.public", "200", "settings[].value", {}),
    ("GET /api/v1/settings/{_id}", "200", "value", {}),
    # null: what the caller is not told, or what there is not.
    *[
        (f"GET /api/v1/{family}.counters", "200", key, {"type": [kind, "null"]})
        for family in ("channels", "dm", "groups")
        for key, kind in [
            ("members", "integer"),
            ("unreads", "integer"),
            ("unreadsFrom", "string"),
            ("msgs", "integer"),
            ("latest", "string"),
            ("userMentions", "integer"),
        ]
    ],
    # null: the caller is not a member.
    ("GET /api/v1/subscriptions.getOne", "200", "subscription", {"type": ["object", "null"]}),
]
# The tree of a message's text is described by its examples alone, nowhere whole.
TREE = {"type": "array", "items": {"type": "object"}}

NOT_FACTS = {"description", "title", "summary", "example", "examples", "externalDocs", "inferred"}


def facts(schema):
    """The schema without prose. The keys of `properties` are names, whatever they are called."""
    if isinstance(schema, list):
        return [facts(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: value for key, value in schema.items() if key not in NOT_FACTS}
    return {key: properties(value) if key == "properties" else facts(value) for key, value in kept.items()}


def properties(named):
    """The schemas of named parts."""
    return {name: TREE if name == "md" else facts(part) for name, part in named.items()}


def json_only(contents):
    """The schema of the JSON form among several content types."""
    return facts(contents.get("application/json", {}))


def call(published):
    """One call, reduced to what tests use."""
    kept = {"auth": published["auth"]}
    kept["params"] = [facts(param) for param in published["params"] if param["in"] != "header"]
    if "body" in published:
        kept["body"] = json_only(published["body"])
    kept["responses"] = {status: json_only(contents) for status, contents in published["responses"].items()}
    kept["always"] = published["always"]
    return kept


def part_of(schema, path):
    """The object that holds the last name of `path`, and that name."""
    *way, last = path.split(".")
    for name in way:
        schema = schema["properties"][name.removesuffix("[]")]
        schema = schema["items"] if name.endswith("[]") else schema
    return schema["properties"], last


def widen(calls):
    """Puts the parts of WIDER in place."""
    for key, status, path, wider in WIDER:
        parent, name = part_of(calls[key]["responses"][status], path)
        parent[name] = {**parent[name], **wider} if wider else {}


def wanted(path):
    """Whether the path is one of CALLS."""
    name = path.removeprefix("/api/v1/")
    family, _, rest = name.partition(".")
    return name in CALLS[""].split() or rest in CALLS.get(family, "").split()


def main():
    source = json.loads(pathlib.Path(sys.argv[1]).read_text())
    calls = {key: call(value) for key, value in source.items() if wanted(value["path"]) and key not in LEFT_OUT}
    widen(calls)
    lines = [json.dumps(key) + ":" + json.dumps(calls[key], separators=(",", ":")) for key in sorted(calls)]
    target = pathlib.Path(__file__).with_name("api.json")
    target.write_text("{\n" + ",\n".join(lines) + "\n}\n")
    print(f"{target}: {len(lines)} calls")


if __name__ == "__main__":
    main()
