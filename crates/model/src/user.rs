//! Accounts.

use crate::{EmailAddress, Hours, Millis, RoleId, UserId, Username};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

/// What an account is used by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UserKind {
    /// A person.
    #[default]
    User,
    /// A program.
    Bot,
    /// An app of the server.
    App,
}

impl UserKind {
    /// The protocol's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Bot => "bot",
            Self::App => "app",
        }
    }

    /// From the protocol's word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::User, Self::Bot, Self::App].into_iter().find(|kind| kind.word() == word)
    }
}

/// How reachable somebody is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Not connected, or wishing to look so.
    #[default]
    Offline,
    /// At the keyboard.
    Online,
    /// Connected, not at the keyboard.
    Away,
    /// Not to be disturbed.
    Busy,
}

impl Status {
    /// The number DDP's presence events use.
    pub fn code(self) -> u8 {
        match self {
            Self::Offline => 0,
            Self::Online => 1,
            Self::Away => 2,
            Self::Busy => 3,
        }
    }

    /// The protocol's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::Online => "online",
            Self::Away => "away",
            Self::Busy => "busy",
        }
    }

    /// From the protocol's word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Offline, Self::Online, Self::Away, Self::Busy].into_iter().find(|status| status.word() == word)
    }
}

/// What becomes of what somebody wrote when the account is deleted: `Message_ErasureType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erasure {
    /// It is deleted, too.
    Delete,
    /// It stays, and nobody can tell whose it was.
    Unlink,
    /// It stays under the names that the account had.
    Keep,
}

impl Erasure {
    /// The protocol's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Delete => "Delete",
            Self::Unlink => "Unlink",
            Self::Keep => "Keep",
        }
    }

    /// From the protocol's word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Delete, Self::Unlink, Self::Keep].into_iter().find(|erasure| erasure.word() == word)
    }
}

/// A mail address of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Email {
    /// In its own spelling.
    pub address: EmailAddress,
    /// The owner proved to receive mail there.
    pub verified: bool,
}

/// An account as it is stored, without its secrets.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    /// `_id`.
    pub id: UserId,
    /// Absent until chosen.
    pub username: Option<Username>,
    /// Display name.
    pub name: Option<String>,
    /// Person, bot or app.
    pub kind: UserKind,
    /// May log in.
    pub active: bool,
    /// Global roles.
    pub roles: Vec<RoleId>,
    /// In the order they were given; the first is the main one.
    pub emails: Vec<Email>,
    /// What the user chose to look like when connected.
    pub status_default: Status,
    /// A line beside the status.
    pub status_text: String,
    /// A password is set.
    pub has_password: bool,
    /// When the account was made.
    pub created: Millis,
    /// Last successful login.
    pub last_login: Option<Millis>,
    /// Stamp of the last change.
    pub updated: Millis,
    /// What the user set in the preferences; defaults are not stored.
    pub preferences: Map<String, Value>,
    /// What is never filtered or sorted by.
    pub profile: Profile,
}

/// The rare parts of an account.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Profile {
    /// What others call the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nickname: Option<String>,
    /// About the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bio: Option<String>,
    /// Hours from UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub utc_offset: Option<Hours>,
    /// Language tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// By the administrator's definition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_fields: Option<Map<String, Value>>,
    /// The user must choose a new password.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub require_password_change: bool,
    /// Why the account waits for approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Changes with the picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar_etag: Option<String>,
    /// Status and status line end then. Kept as a number: this document is for the store, not for a wire.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_number")]
    pub status_expires: Option<Millis>,
}

fn as_number<S: Serializer>(instant: &Option<Millis>, serializer: S) -> Result<S::Ok, S::Error> {
    instant.map(|instant| instant.0).serialize(serializer)
}

impl User {
    /// The names others see.
    pub fn person(&self) -> crate::Person {
        crate::Person { username: self.username.as_ref().map(ToString::to_string), name: self.name.clone() }
    }

    /// Whether the account has the global role.
    pub fn has_role(&self, role: &str) -> bool {
        self.roles.iter().any(|own| own == role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_can_be_read() {
        let profile = Profile { bio: Some("x".into()), status_expires: Some(Millis(7)), ..Profile::default() };
        let stored = serde_json::to_string(&profile).unwrap();
        assert_eq!(stored, r#"{"bio":"x","statusExpires":7}"#);
        assert_eq!(serde_json::from_str::<Profile>(&stored).unwrap(), profile);
    }
}
