//! Accounts as others, their owners and administrators see them. Secrets are in none of these.

use super::{custom_fields, preferences};
use crate::presence::Chosen;
use crate::{Chat, avatars};
use gantry_model::{Email, Hours, Millis, RoleId, Status, User, UserId, UserKind};
use serde::Serialize;
use serde_json::{Map, Value};

/// An account as somebody may see it. What is absent is not for them, or not set.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UserDoc {
    #[serde(rename = "_id")]
    id: UserId,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<Millis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    emails: Option<Vec<Email>>,
    #[serde(rename = "type")]
    kind: UserKind,
    status: Status,
    active: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    roles: Option<Vec<RoleId>>,
    #[serde(rename = "_updatedAt", skip_serializing_if = "Option::is_none")]
    updated_at: Option<Millis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nickname: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bio: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    utc_offset: Option<Hours>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_connection: Option<Status>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_login: Option<Millis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    require_password_change: Option<bool>,
    #[serde(rename = "avatarETag", skip_serializing_if = "Option::is_none")]
    avatar_etag: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_fields: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    settings: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_insensitive: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    services: Option<Services>,
    #[serde(skip_serializing_if = "Option::is_none")]
    can_view_all_info: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rooms: Option<Vec<RoomOfUser>>,
}

/// What an account can be logged into with.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Services {
    password: PasswordService,
}

#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
enum PasswordService {
    /// `users.info` of oneself.
    Set(bool),
    /// `me`.
    Exists { exists: bool },
}

/// A room in `users.info`.
#[derive(Clone, Debug, Serialize)]
pub(super) struct RoomOfUser {
    #[serde(rename = "_id")]
    pub(super) id: gantry_model::SubscriptionId,
    pub(super) rid: gantry_model::RoomId,
    pub(super) name: String,
    pub(super) t: gantry_model::RoomKind,
    pub(super) unread: i64,
    pub(super) roles: Vec<RoleId>,
}

impl UserDoc {
    /// As everybody sees it.
    pub fn public(chat: &Chat, user: &User) -> Self {
        let settings = chat.settings();
        let fields = user.profile.custom_fields.as_ref();
        let (_, text) = shown(chat, user);
        Self {
            id: user.id.clone(),
            created_at: None,
            username: user.username.as_ref().map(ToString::to_string),
            emails: None,
            kind: user.kind,
            status: chat.state().presence().status(&user.id),
            active: user.active,
            roles: None,
            updated_at: None,
            name: user.name.clone(),
            nickname: user.profile.nickname.clone(),
            bio: user.profile.bio.clone(),
            reason: user.profile.reason.clone(),
            utc_offset: Some(user.profile.utc_offset.unwrap_or_default()),
            status_text: Some(text),
            status_connection: None,
            last_login: None,
            require_password_change: None,
            avatar_etag: user.profile.avatar_etag.clone(),
            custom_fields: custom_fields::visible(&settings, fields, false),
            settings: None,
            name_insensitive: None,
            services: None,
            can_view_all_info: None,
            rooms: None,
        }
    }

    /// As its owner and administrators see it.
    pub fn full(chat: &Chat, user: &User) -> Self {
        Self {
            created_at: Some(user.created),
            emails: Some(user.emails.clone()),
            roles: Some(user.roles.clone()),
            status_connection: Some(chat.state().presence().connection(&user.id)),
            last_login: user.last_login,
            require_password_change: Some(user.profile.require_password_change),
            custom_fields: user.profile.custom_fields.clone(),
            ..Self::public(chat, user)
        }
    }

    /// As `users.create` answers it.
    pub fn created(chat: &Chat, user: &User) -> Self {
        Self { updated_at: Some(user.updated), settings: Some(Map::new()), ..Self::full(chat, user) }
    }

    /// An entry of `users.list`; the private fields only for who may see them.
    pub(super) fn listed(chat: &Chat, user: &User, all: bool) -> Self {
        Self {
            emails: all.then(|| user.emails.clone()),
            roles: all.then(|| user.roles.clone()),
            last_login: user.last_login.filter(|_| all),
            nickname: None,
            bio: None,
            reason: None,
            utc_offset: None,
            status_text: None,
            custom_fields: None,
            name_insensitive: Some(user.name.as_deref().unwrap_or_default().to_lowercase()),
            ..Self::public(chat, user)
        }
    }

    /// With what `users.info` adds: whether everything is shown, the services of oneself, the rooms.
    pub(super) fn with_info(self, all: bool, own_password: Option<bool>, rooms: Option<Vec<RoomOfUser>>) -> Self {
        let services = own_password.map(|set| Services { password: PasswordService::Set(set) });
        Self { can_view_all_info: Some(all), services, rooms, ..self }
    }
}

/// The caller's own account: `me`, and `me` of a login.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Me {
    #[serde(rename = "_id")]
    id: UserId,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nickname: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bio: Option<String>,
    emails: Vec<Email>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(rename = "type")]
    kind: UserKind,
    status: Status,
    status_connection: Status,
    status_default: Status,
    status_text: String,
    utc_offset: Hours,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    active: bool,
    roles: Vec<RoleId>,
    custom_fields: Map<String, Value>,
    require_password_change: bool,
    settings: OwnSettings,
    services: Services,
    avatar_url: String,
    #[serde(rename = "avatarETag", skip_serializing_if = "Option::is_none")]
    avatar_etag: Option<String>,
    #[serde(rename = "isOAuthUser")]
    is_oauth_user: bool,
    created_at: Millis,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_login: Option<Millis>,
    #[serde(rename = "_updatedAt")]
    updated_at: Millis,
}

#[derive(Clone, Debug, Serialize)]
struct OwnSettings {
    profile: Map<String, Value>,
    preferences: Map<String, Value>,
}

impl Me {
    /// The account as its owner sees it.
    pub fn of(chat: &Chat, user: &User) -> Self {
        let settings = chat.settings();
        let presence = chat.state().presence();
        let (default, text) = shown(chat, user);
        let username = user.username.as_ref().map(ToString::to_string);
        let verified = user.emails.iter().find(|email| email.verified);
        Self {
            id: user.id.clone(),
            name: user.name.clone().unwrap_or_default(),
            nickname: user.profile.nickname.clone(),
            bio: user.profile.bio.clone(),
            emails: user.emails.clone(),
            email: verified.map(|email| email.address.to_string()),
            kind: user.kind,
            status: presence.status(&user.id),
            status_connection: presence.connection(&user.id),
            status_default: default,
            status_text: text,
            utc_offset: user.profile.utc_offset.unwrap_or_default(),
            language: user.profile.language.clone(),
            active: user.active,
            roles: user.roles.clone(),
            custom_fields: user.profile.custom_fields.clone().unwrap_or_default(),
            require_password_change: user.profile.require_password_change,
            settings: OwnSettings { profile: Map::new(), preferences: preferences::in_force(&settings, user) },
            services: Services { password: PasswordService::Exists { exists: user.has_password } },
            avatar_url: avatars::address(&settings.hot().site_url, username.as_deref().unwrap_or_default()),
            avatar_etag: user.profile.avatar_etag.clone(),
            is_oauth_user: false,
            created_at: user.created,
            last_login: user.last_login,
            updated_at: user.updated,
            username,
        }
    }
}

/// What the user chose to look like, as of now.
fn shown(chat: &Chat, user: &User) -> (Status, String) {
    let chosen = Chosen::of(user);
    let (status, text) = chosen.at(chat.now());
    (status, text.to_owned())
}
