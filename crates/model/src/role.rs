//! Roles: named sets of people, of the whole server or of one room.

use crate::{Capabilities, Capability, Millis, RoleId};
use serde::{Deserialize, Serialize};

/// Ids of the roles that rules of the server name.
pub mod builtin {
    /// Administers the server.
    pub const ADMIN: &str = "admin";
    /// Moderates a room.
    pub const MODERATOR: &str = "moderator";
    /// Leads a room.
    pub const LEADER: &str = "leader";
    /// Owns a room.
    pub const OWNER: &str = "owner";
    /// Has an account.
    pub const USER: &str = "user";
    /// Belongs to another server.
    pub const FEDERATED_EXTERNAL: &str = "federated-external";
    /// A program with an account.
    pub const BOT: &str = "bot";
    /// An app's account.
    pub const APP: &str = "app";
    /// An account with few rights.
    pub const GUEST: &str = "guest";
    /// Nobody is logged in. Named in permissions; there is no document of it.
    pub const ANONYMOUS: &str = "anonymous";
    /// Answers customers.
    pub const LIVECHAT_AGENT: &str = "livechat-agent";
    /// Manages livechat.
    pub const LIVECHAT_MANAGER: &str = "livechat-manager";
}

/// Where a role is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RoleScope {
    /// To a user, everywhere.
    Users,
    /// To a member, in one room.
    Subscriptions,
}

impl RoleScope {
    /// Its name in the protocol.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Users => "Users",
            Self::Subscriptions => "Subscriptions",
        }
    }

    /// Reads [`as_str`](Self::as_str).
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Users, Self::Subscriptions].into_iter().find(|scope| scope.as_str() == name)
    }
}

/// One role, as clients see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Role {
    /// What users and permissions refer to.
    #[serde(rename = "_id")]
    pub id: RoleId,
    /// Its name for people.
    pub name: String,
    /// Where it is given.
    pub scope: RoleScope,
    /// The text shown as a badge; empty = the role is not shown.
    pub description: String,
    /// Cannot be deleted.
    pub protected: bool,
    /// Its holders must set up a second factor.
    #[serde(rename = "mandatory2fa")]
    pub mandatory_2fa: bool,
    /// When it last changed.
    #[serde(rename = "_updatedAt")]
    pub updated_at: Millis,
}

struct BuiltIn {
    id: &'static str,
    scope: RoleScope,
    description: &'static str,
    requires: Option<Capability>,
}

const fn role(id: &'static str, scope: RoleScope, description: &'static str) -> BuiltIn {
    BuiltIn { id, scope, description, requires: None }
}

const BUILT_IN: &[BuiltIn] = &[
    role(builtin::ADMIN, RoleScope::Users, "Admin"),
    role(builtin::MODERATOR, RoleScope::Subscriptions, "Moderator"),
    role(builtin::LEADER, RoleScope::Subscriptions, "Leader"),
    role(builtin::OWNER, RoleScope::Subscriptions, "Owner"),
    role(builtin::USER, RoleScope::Users, ""),
    role(builtin::FEDERATED_EXTERNAL, RoleScope::Users, ""),
    role(builtin::BOT, RoleScope::Users, ""),
    role(builtin::APP, RoleScope::Users, ""),
    role(builtin::GUEST, RoleScope::Users, ""),
    role(builtin::LIVECHAT_AGENT, RoleScope::Users, "Livechat Agent"),
    role(builtin::LIVECHAT_MANAGER, RoleScope::Users, "Livechat Manager"),
    BuiltIn { requires: Some(Capability::Livechat), ..role("livechat-monitor", RoleScope::Users, "") },
    BuiltIn { requires: Some(Capability::Auditing), ..role("auditor", RoleScope::Users, "") },
    BuiltIn { requires: Some(Capability::Auditing), ..role("auditor-log", RoleScope::Users, "") },
];

impl BuiltIn {
    fn document(&self, since: Millis) -> Role {
        Role {
            id: RoleId::new(self.id),
            name: self.id.to_owned(),
            scope: self.scope,
            description: self.description.to_owned(),
            protected: true,
            mandatory_2fa: false,
            updated_at: since,
        }
    }
}

/// All roles: the built-in ones, as changed and extended by what is stored.
#[derive(Clone, Debug)]
pub struct Roles(Vec<Role>);

impl Roles {
    /// Lays the `stored` roles over the built-in ones. `since` is `_updatedAt` of a built-in role that was never changed.
    pub fn new(since: Millis, capabilities: Capabilities, stored: impl IntoIterator<Item = Role>) -> Self {
        let offered = BUILT_IN.iter().filter(|one| one.requires.is_none_or(|needed| capabilities.has(needed)));
        let mut roles = Self(offered.map(|one| one.document(since)).collect());
        for role in stored {
            roles.put(role);
        }
        roles
    }

    /// Adds a role, or replaces the one with its id; a built-in role stays protected and keeps its scope.
    pub fn put(&mut self, mut role: Role) {
        match self.0.iter_mut().find(|known| known.id == role.id) {
            Some(known) => {
                if known.protected {
                    role.protected = true;
                    role.scope = known.scope;
                }
                *known = role;
            }
            None => self.0.push(role),
        }
    }

    /// Removes a role unless it is protected; says whether it did.
    pub fn remove(&mut self, id: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|role| role.protected || role.id != *id);
        self.0.len() < before
    }

    /// The role with this id.
    pub fn get(&self, id: &str) -> Option<&Role> {
        self.0.iter().find(|role| role.id == *id)
    }

    /// The role with this id, or else with this name.
    pub fn find(&self, id_or_name: &str) -> Option<&Role> {
        self.get(id_or_name).or_else(|| self.0.iter().find(|role| role.name == id_or_name))
    }

    /// The role with this id if it is given there.
    pub fn of_scope(&self, scope: RoleScope, id: &str) -> Option<&Role> {
        self.get(id).filter(|role| role.scope == scope)
    }

    /// Every role, built-in ones first.
    pub fn iter(&self) -> impl Iterator<Item = &Role> {
        self.0.iter()
    }

    /// The roles that are shown beside their holders: those with a description.
    pub fn shown(&self) -> impl Iterator<Item = &Role> {
        self.0.iter().filter(|role| !role.description.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{self, Wire};

    fn custom(id: &str, protected: bool) -> Role {
        Role {
            id: RoleId::new(id),
            name: format!("{id} name"),
            scope: RoleScope::Subscriptions,
            description: String::new(),
            protected,
            mandatory_2fa: true,
            updated_at: Millis(5),
        }
    }

    #[test]
    fn speaks_the_protocol() {
        let roles = Roles::new(Millis(0), Capabilities::none(), []);
        assert_eq!(
            wire::to_string(Wire::Rest, &roles.get("owner")),
            r#"{"_id":"owner","name":"owner","scope":"Subscriptions","description":"Owner","protected":true,"mandatory2fa":false,"_updatedAt":"1970-01-01T00:00:00.000Z"}"#,
        );
        assert!(roles.get("anonymous").is_none());
        assert!(roles.get("auditor").is_none());
        assert_eq!(roles.iter().count(), 11);
    }

    #[test]
    fn roles_of_a_feature_come_with_it() {
        let on = Capabilities::none().with(Capability::Auditing);
        assert!(Roles::new(Millis(0), on, []).get("auditor-log").is_some());
    }

    #[test]
    fn stored_roles_lie_over_built_in_ones() {
        let roles = Roles::new(Millis(0), Capabilities::none(), [custom("admin", false), custom("scribe", false)]);
        let admin = roles.get("admin").unwrap();
        assert!(admin.protected && admin.mandatory_2fa && admin.scope == RoleScope::Users);
        assert_eq!(roles.find("scribe name").map(|role| role.id.as_str()), Some("scribe"));
        assert!(roles.of_scope(RoleScope::Users, "scribe").is_none());
        assert!(roles.of_scope(RoleScope::Subscriptions, "scribe").is_some());
    }

    #[test]
    fn only_custom_roles_can_go() {
        let mut roles = Roles::new(Millis(0), Capabilities::none(), [custom("scribe", false)]);
        assert!(roles.remove("scribe"));
        assert!(!roles.remove("scribe"));
        assert!(!roles.remove("admin"));
    }

    #[test]
    fn shown_roles_have_a_description() {
        let roles = Roles::new(Millis(0), Capabilities::none(), []);
        assert!(roles.shown().all(|role| role.id != "user"));
        assert!(roles.shown().any(|role| role.id == "owner"));
    }
}
