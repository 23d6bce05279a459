-- Times are milliseconds, booleans 0 or 1, JSON is text. *_key columns hold a lower-cased copy for search without case.

CREATE TABLE sequence (
    key TEXT NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL
) WITHOUT ROWID;

CREATE TABLE fact (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE setting (
    id TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    editor TEXT,
    updated BIGINT NOT NULL
) WITHOUT ROWID;

CREATE TABLE permission (
    id TEXT NOT NULL PRIMARY KEY,
    roles TEXT NOT NULL,
    updated BIGINT NOT NULL
) WITHOUT ROWID;

CREATE TABLE role (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    scope TEXT NOT NULL,
    description TEXT NOT NULL,
    mandatory2fa BIGINT NOT NULL,
    updated BIGINT NOT NULL
) WITHOUT ROWID;

CREATE TABLE account (
    id TEXT NOT NULL PRIMARY KEY,
    username TEXT,
    username_key TEXT UNIQUE,
    name TEXT,
    name_key TEXT,
    kind TEXT NOT NULL,
    active BIGINT NOT NULL,
    roles TEXT NOT NULL,
    status_default TEXT NOT NULL,
    status_text TEXT NOT NULL,
    password TEXT,
    created BIGINT NOT NULL,
    last_login BIGINT,
    updated BIGINT NOT NULL,
    preferences TEXT NOT NULL,
    profile TEXT NOT NULL
);
CREATE INDEX account_by_name ON account ((coalesce(name_key, '')), username_key);
CREATE INDEX account_by_active ON account (active, username_key);
CREATE INDEX account_by_created ON account (created, username_key);
CREATE INDEX account_by_login ON account ((coalesce(last_login, 0)), username_key);
CREATE INDEX account_admin ON account (id) WHERE roles LIKE '%"admin"%';
CREATE INDEX account_person ON account (id) WHERE kind = 'user';

-- Words that make a message a mention for who listed them; few accounts have any.
CREATE TABLE highlight (
    uid TEXT NOT NULL PRIMARY KEY,
    words TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE email (
    address_key TEXT NOT NULL PRIMARY KEY,
    address TEXT NOT NULL,
    uid TEXT NOT NULL,
    verified BIGINT NOT NULL,
    position BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX email_of ON email (uid, position);

CREATE TABLE token (
    hash TEXT NOT NULL PRIMARY KEY,
    uid TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT,
    created BIGINT NOT NULL,
    expires BIGINT,
    bypass_two_factor BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX token_of ON token (uid, created);

CREATE TABLE audit (
    id TEXT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    uid TEXT,
    ip TEXT,
    act TEXT NOT NULL,
    target TEXT,
    details TEXT NOT NULL
);
CREATE INDEX audit_at ON audit (at, id);

CREATE TABLE room (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT UNIQUE,
    name_key TEXT,
    fname TEXT,
    creator TEXT,
    created BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    msgs BIGINT NOT NULL,
    users_count BIGINT NOT NULL,
    lm BIGINT,
    last_message TEXT,
    last_ts BIGINT NOT NULL,
    last_place BIGINT NOT NULL,
    n_unread BIGINT NOT NULL,
    n_group BIGINT NOT NULL,
    n_alert BIGINT NOT NULL,
    counted_at BIGINT NOT NULL,
    named_at BIGINT NOT NULL,
    topic TEXT,
    announcement TEXT,
    description TEXT,
    ro BIGINT NOT NULL,
    archived BIGINT NOT NULL,
    is_default BIGINT NOT NULL,
    broadcast BIGINT NOT NULL,
    uids TEXT,
    direct_key TEXT UNIQUE,
    extra TEXT NOT NULL
);
CREATE INDEX room_list ON room (kind, name);
CREATE INDEX room_default ON room (is_default) WHERE is_default = 1;

-- Rooms that are gone, while what was in them is being cleared away.
CREATE TABLE room_clearing (
    id TEXT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL
) WITHOUT ROWID;

CREATE TABLE subscription (
    id TEXT NOT NULL UNIQUE,
    rid TEXT NOT NULL,
    uid TEXT NOT NULL,
    joined BIGINT NOT NULL,
    own BIGINT NOT NULL,
    open BIGINT NOT NULL,
    ls BIGINT,
    favorite BIGINT NOT NULL,
    roles TEXT NOT NULL,
    b_unread BIGINT NOT NULL,
    b_group BIGINT NOT NULL,
    b_alert BIGINT NOT NULL,
    b_hide BIGINT NOT NULL,
    x_unread BIGINT NOT NULL,
    x_user BIGINT NOT NULL,
    x_group BIGINT NOT NULL,
    x_alert BIGINT NOT NULL,
    settings TEXT NOT NULL,
    PRIMARY KEY (rid, uid)
) WITHOUT ROWID;
CREATE INDEX subscription_of ON subscription (uid, rid);
CREATE INDEX subscription_joined ON subscription (rid, joined, uid);
-- Covering: a room has few members with roles, and SQLite would rather walk the room than look those up.
CREATE INDEX subscription_with_roles ON subscription (rid, uid, roles, joined) WHERE roles <> '[]';

CREATE TABLE subscription_removed (
    id TEXT NOT NULL PRIMARY KEY,
    rid TEXT NOT NULL,
    uid TEXT NOT NULL,
    at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX subscription_removed_of ON subscription_removed (uid, at);
CREATE INDEX subscription_removed_from ON subscription_removed (rid, uid);

-- History reads whole pages of one room in order: the table is kept in that order.
CREATE TABLE message (
    rid TEXT NOT NULL,
    ts BIGINT NOT NULL,
    place BIGINT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    updated BIGINT NOT NULL,
    changed BIGINT,
    author TEXT NOT NULL,
    kind TEXT,
    body TEXT NOT NULL,
    tmid TEXT,
    tshow BIGINT NOT NULL,
    edited_at BIGINT,
    edited_by TEXT,
    reactions TEXT,
    PRIMARY KEY (rid, ts, place)
) WITHOUT ROWID;
-- Only what changed after it was sent is in here: everything else is found by its place in the room.
CREATE INDEX message_changed ON message (rid, changed) WHERE changed IS NOT NULL;

CREATE TABLE message_removed (
    id TEXT NOT NULL PRIMARY KEY,
    rid TEXT NOT NULL,
    author TEXT NOT NULL,
    at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX message_removed_from ON message_removed (rid, at);
