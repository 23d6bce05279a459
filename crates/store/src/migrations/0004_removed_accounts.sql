-- Accounts that are gone: while what their users left is cleared away, with how far messages were looked through; after that
-- only those whose messages stay under the names they had.
CREATE TABLE account_removed (
    id TEXT NOT NULL PRIMARY KEY,
    username TEXT,
    name TEXT,
    erasure TEXT NOT NULL,
    at BIGINT NOT NULL,
    clearing BIGINT NOT NULL,
    rid TEXT NOT NULL,
    ts BIGINT NOT NULL,
    place BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX account_removed_clearing ON account_removed (id) WHERE clearing = 1;
