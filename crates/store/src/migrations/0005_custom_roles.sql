-- Roles that administrators made and deleted: clients that were away are told.
CREATE TABLE role_removed (
    id TEXT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL
) WITHOUT ROWID;
-- Most accounts are plain users: whoever holds another role is found without walking them.
CREATE INDEX account_with_roles ON account (username_key, id, roles) WHERE roles <> '["user"]';
