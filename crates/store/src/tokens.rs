//! Login tokens, stored hashed.

use crate::engine::{Conn, FromRow, Row};
use gantry_model::{Millis, Result, UserId};

/// What a token came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A login; renewed by `resume`.
    Login,
    /// Made by its user for a program.
    Personal,
}

/// A token as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// `base64(sha256(token))`.
    pub hash: String,
    /// Whose.
    pub uid: UserId,
    /// From what.
    pub kind: TokenKind,
    /// When it was made.
    pub created: Millis,
    /// When it ends; a personal one does not.
    pub expires: Option<Millis>,
    /// Requests with it need no second factor.
    pub bypass_two_factor: bool,
}

/// A token that its user made for a program, as its user sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonalToken {
    /// `base64(sha256(token))`.
    pub hash: String,
    /// What its user calls it.
    pub name: String,
    /// When it was made.
    pub created: Millis,
    /// Its end.
    pub last_part: String,
    /// Requests with it need no second factor.
    pub bypass_two_factor: bool,
}

impl FromRow for PersonalToken {
    fn from_row(row: &Row<'_>) -> Result<Self, String> {
        Ok(Self {
            hash: row.get(0)?,
            name: row.get(1)?,
            created: row.get(2)?,
            last_part: row.get(3)?,
            bypass_two_factor: row.get(4)?,
        })
    }
}

impl FromRow for Token {
    fn from_row(row: &Row<'_>) -> Result<Self, String> {
        let kind = if row.get::<String>(2)? == "personal" { TokenKind::Personal } else { TokenKind::Login };
        Ok(Self {
            hash: row.get(0)?,
            uid: row.get(1)?,
            kind,
            created: row.get(3)?,
            expires: row.get(4)?,
            bypass_two_factor: row.get(5)?,
        })
    }
}

/// Queries on `token`.
pub struct Tokens<'a>(&'a mut Conn);

impl Conn {
    /// Login tokens.
    pub fn tokens(&mut self) -> Tokens<'_> {
        Tokens(self)
    }
}

impl Tokens<'_> {
    /// The token with this hash.
    pub fn get(&mut self, hash: &str) -> Result<Option<Token>> {
        let sql = "SELECT hash, uid, kind, created, expires, bypass_two_factor FROM token WHERE hash = $1";
        self.0.one(sql, (hash,))
    }

    /// Stores a token.
    pub fn insert(&mut self, token: &Token) -> Result<()> {
        let kind = if token.kind == TokenKind::Personal { "personal" } else { "login" };
        let sql =
            "INSERT INTO token (hash, uid, kind, created, expires, bypass_two_factor) VALUES ($1, $2, $3, $4, $5, $6)";
        self.0
            .run(sql, (&token.hash, &token.uid, kind, token.created, token.expires, token.bypass_two_factor))
            .map(drop)
    }

    /// Stores a token that its user made for a program.
    pub fn insert_personal(&mut self, token: &Token, name: &str, last_part: &str) -> Result<()> {
        self.insert(token)?;
        let sql = "UPDATE token SET name = $1, last_part = $2 WHERE hash = $3";
        self.0.run(sql, (name, last_part, &token.hash)).map(drop)
    }

    /// The tokens that a user made for programs, oldest first.
    pub fn personal(&mut self, uid: &UserId) -> Result<Vec<PersonalToken>> {
        let sql = "SELECT hash, coalesce(name, ''), created, coalesce(last_part, ''), bypass_two_factor FROM token
                   WHERE uid = $1 AND kind = 'personal' ORDER BY created, hash";
        self.0.all(sql, (uid,))
    }

    /// A user's logins, newest first, from `skip` on: their hashes.
    pub fn logins(&mut self, uid: &UserId, skip: i64) -> Result<Vec<String>> {
        let sql =
            "SELECT hash FROM token WHERE uid = $1 AND kind = 'login' ORDER BY created DESC, hash LIMIT 1000 OFFSET $2";
        Ok(self.0.all::<(String,)>(sql, (uid, skip))?.into_iter().map(|row| row.0).collect())
    }

    /// Removes one token; whether it was there.
    pub fn remove(&mut self, hash: &str) -> Result<bool> {
        Ok(self.0.run("DELETE FROM token WHERE hash = $1", (hash,))? > 0)
    }

    /// Removes a user's logins but one; personal tokens stay unless `personal_too`.
    pub fn remove_all(&mut self, uid: &UserId, but: Option<&str>, personal_too: bool) -> Result<u64> {
        let sql = "DELETE FROM token WHERE uid = $1 AND hash <> $2 AND (kind = 'login' OR $3 = 1)";
        self.0.run(sql, (uid, but.unwrap_or(""), personal_too))
    }

    /// Tokens whose time is over: logins made up to `created`, and whatever expires up to `now`. At most `count`, those that
    /// ended first.
    pub fn over(&mut self, created: Millis, now: Millis, count: i64) -> Result<Vec<(UserId, String)>> {
        let sql = "SELECT uid, hash FROM token WHERE kind = 'login' AND created <= $1 ORDER BY created LIMIT $2";
        let mut found: Vec<(UserId, String)> = self.0.all(sql, (created, count))?;
        let sql = "SELECT uid, hash FROM token WHERE expires IS NOT NULL AND expires <= $1 ORDER BY expires LIMIT $2";
        let expired: Vec<(UserId, String)> = self.0.all(sql, (now, count))?;
        found.extend(expired.into_iter().filter(|token| !found.contains(token)).collect::<Vec<_>>());
        Ok(found)
    }
}
