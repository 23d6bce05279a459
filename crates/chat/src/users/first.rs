//! What every server has from its first start: its own account, a room for everybody, and the administrator that the
//! configuration names.

use super::{NewUser, create_as_server, key};
use crate::auth::is_administered;
use crate::{Chat, rooms};
use gantry_model::event::{Event, Key};
use gantry_model::role::builtin;
use gantry_model::{
    Error, Hours, Millis, Profile, Result, RoleId, Room, RoomId, RoomKind, Status, User, UserId, UserKind,
};
use gantry_store::{NewAccount, Tx};

/// The server's own account; nobody can log in with it.
pub(crate) const OWN_ACCOUNT: &str = "rocket.cat";
/// The room everybody joins, and its name.
const GENERAL: (&str, &str) = ("GENERAL", "general");
/// The fact that says that the room was made once: who deleted it does not get it back.
const GENERAL_MADE: &str = "general-made";

/// Makes what every server has, where it is missing. Idempotent; to be called at every start.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn ensure_first(chat: &Chat) -> Result<()> {
    let general = RoomId::new(GENERAL.0);
    let write = move |tx: &mut Tx<'_>| {
        let bot = UserId::new(OWN_ACCOUNT);
        if tx.accounts().get(&bot)?.is_none() && tx.accounts().by_username(OWN_ACCOUNT)?.is_none() {
            let user = own_account(&bot, tx.stamp());
            tx.accounts().insert(&NewAccount { user, password: None })?;
            tx.emit(key(&bot), Event::UserCreated { uid: bot.clone() });
        }
        if tx.facts().get(GENERAL_MADE)?.is_none() {
            tx.facts().set(GENERAL_MADE, "1")?;
            make_general(tx, &general, &bot)?;
        }
        Ok(())
    };
    chat.write([Key::Server, rooms::key(&RoomId::new(GENERAL.0))], write).await
}

fn own_account(id: &UserId, now: Millis) -> User {
    User {
        id: id.clone(),
        username: Some(OWN_ACCOUNT.into()),
        name: Some("Rocket.Cat".into()),
        kind: UserKind::Bot,
        active: true,
        roles: vec![RoleId::new(builtin::BOT)],
        emails: Vec::new(),
        status_default: Status::Online,
        status_text: String::new(),
        has_password: false,
        created: now,
        last_login: None,
        updated: now,
        preferences: serde_json::Map::new(),
        profile: Profile { utc_offset: Some(Hours::default()), ..Profile::default() },
    }
}

fn make_general(tx: &mut Tx<'_>, id: &RoomId, creator: &UserId) -> Result<()> {
    if tx.rooms().get(id)?.is_some() || tx.rooms().by_name(GENERAL.1)?.is_some() {
        return Ok(());
    }
    let room = Room {
        name: Some(GENERAL.1.into()),
        fname: Some(GENERAL.1.into()),
        creator: Some(creator.clone()),
        default: true,
        ..Room::blank(id.clone(), RoomKind::Channel, tx.stamp())
    };
    tx.rooms().insert(&room)?;
    tx.emit(rooms::key(id), Event::RoomCreated { rid: id.clone(), kind: room.kind });
    Ok(())
}

/// The administrator that the configuration names (`ADMIN_USERNAME`, `ADMIN_PASS`, `ADMIN_EMAIL`, `ADMIN_NAME`).
#[derive(Clone, Default)]
pub struct FirstAdministrator {
    /// The user name; `admin` unless given.
    pub username: Option<String>,
    /// The display name; `Administrator` unless given.
    pub name: Option<String>,
    /// The mail address, taken as verified.
    pub email: Option<String>,
    /// The password, plain.
    pub password: String,
}

/// Makes the administrator of the configuration, unless there has been one; whether it was made.
///
/// # Errors
/// As [`create_as_server`]; the text is for the operator.
pub async fn ensure_admin(chat: &Chat, admin: FirstAdministrator) -> Result<bool> {
    if chat.read(is_administered).await? {
        return Ok(false);
    }
    if admin.password.trim().is_empty() {
        return Err(Error::text("The first administrator needs a password: set ADMIN_PASS"));
    }
    let new = NewUser {
        username: admin.username.unwrap_or_else(|| "admin".into()),
        name: admin.name.unwrap_or_else(|| "Administrator".into()),
        email: admin.email,
        verified: true,
        password: Some(admin.password),
        roles: vec![RoleId::new(builtin::ADMIN), RoleId::new(builtin::USER)],
        join_default_rooms: true,
        ..NewUser::default()
    };
    create_as_server(chat, new).await.map(|_| true)
}
