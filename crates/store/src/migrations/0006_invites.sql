-- Invitations into rooms, by link.
CREATE TABLE invite (
    id TEXT NOT NULL PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,
    rid TEXT NOT NULL,
    uid TEXT NOT NULL,
    days BIGINT NOT NULL,
    max_uses BIGINT NOT NULL,
    uses BIGINT NOT NULL,
    created BIGINT NOT NULL,
    expires BIGINT,
    updated BIGINT NOT NULL
);
CREATE INDEX invite_of ON invite (rid, uid, days, max_uses);
CREATE INDEX invite_by_created ON invite (created, id);
