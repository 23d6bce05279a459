//! Who may listen to what: asked when somebody subscribes, and again when that may have changed.

use crate::access::{self, Found};
use crate::rooms::{self, RoomRef};
use crate::users::OWN_ACCOUNT;
use crate::{Caller, Chat, Origin, auth, messages, people, subscriptions};
use gantry_model::event::SubscriptionRemoved;
use gantry_model::{Author, Permission, Result, RoomId, RoomKind, SubscriptionId, User, UserId};
use gantry_store::Conn;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

/// How much of a room somebody may hear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hearing {
    /// Nothing; there may be no such room.
    Nothing,
    /// Its messages: a channel that may only be previewed.
    Messages,
    /// Everything.
    Everything,
}

/// How much of a room the caller may hear; nobody is logged in without one.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn hearing(chat: &Chat, cx: Option<&Caller>, rid: &RoomId) -> Result<Hearing> {
    let (me, cx, rid) = (chat.clone(), cx.cloned(), rid.clone());
    chat.read(move |db| in_room(&me, db, cx.as_ref(), &rid)).await
}

fn in_room(chat: &Chat, db: &mut Conn, cx: Option<&Caller>, rid: &RoomId) -> Result<Hearing> {
    let Some(cx) = cx else { return anonymous(chat, db, rid) };
    let found = rooms::look_up(cx, db, &RoomRef::Id(rid.clone()))?;
    Ok(found.map_or(Hearing::Nothing, |found| of_caller(cx, &found)))
}

fn of_caller(cx: &Caller, found: &Found) -> Hearing {
    let may_preview = || found.kind() == RoomKind::Channel && cx.has(Permission::PreviewCRoom);
    if access::may_read(cx, found) {
        Hearing::Everything
    } else if may_preview() && !found.seat.as_ref().is_some_and(subscriptions::is_banned) {
        Hearing::Messages
    } else {
        Hearing::Nothing
    }
}

/// The setting that opens channels to everybody.
const OPEN: &str = "Accounts_AllowAnonymousRead";

/// Nobody: channels, where the settings open them to everybody.
fn anonymous(chat: &Chat, db: &mut Conn, rid: &RoomId) -> Result<Hearing> {
    if !chat.settings().bool(OPEN) {
        return Ok(Hearing::Nothing);
    }
    let is_channel = db.rooms().get(rid)?.is_some_and(|room| room.kind == RoomKind::Channel);
    Ok(if is_channel { Hearing::Messages } else { Hearing::Nothing })
}

/// How much each of these users, or nobody, may hear of each room now. One read.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn hearings(
    chat: &Chat,
    audience: Vec<(Option<UserId>, RoomId)>,
) -> Result<Vec<(Option<UserId>, RoomId, Hearing)>> {
    let me = chat.clone();
    chat.read(move |db| {
        let mut callers = HashMap::new();
        for uid in audience.iter().filter_map(|(uid, _)| uid.as_ref()) {
            if !callers.contains_key(uid) {
                callers.insert(uid.clone(), caller_of(&me, db, uid)?);
            }
        }
        let hear = |(uid, rid): (Option<UserId>, RoomId)| {
            let hearing = match uid.as_ref().map(|uid| callers.get(uid).and_then(Option::as_ref)) {
                None => in_room(&me, db, None, &rid)?,
                Some(Some(caller)) => in_room(&me, db, Some(caller), &rid)?,
                Some(None) => Hearing::Nothing,
            };
            Ok((uid, rid, hearing))
        };
        audience.into_iter().map(hear).collect()
    })
    .await
}

/// A user as a caller, for questions of access alone; nobody for an account that may not log in.
fn caller_of(chat: &Chat, db: &mut Conn, uid: &UserId) -> Result<Option<Caller>> {
    let user = match chat.state().user(uid) {
        Some(user) => Some(user),
        None => db.accounts().get(uid)?.map(Arc::new),
    };
    let origin = Origin { ip: IpAddr::V4(Ipv4Addr::UNSPECIFIED), local: false, user_agent: String::new() };
    let active = user.filter(|user| user.active);
    Ok(active.map(|user| Caller::new(chat.clone(), user, None, Arc::new(origin))))
}

/// What these users may hear everywhere.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn standings(chat: &Chat, uids: Vec<UserId>) -> Result<Vec<(UserId, Standing)>> {
    let me = chat.clone();
    chat.read(move |db| {
        let of = |uid: UserId| {
            let standing = caller_of(&me, db, &uid)?.map(|caller| standing(&caller)).unwrap_or_default();
            Ok((uid, standing))
        };
        uids.into_iter().map(of).collect()
    })
    .await
}

/// A part of the server whose events are for those who have to do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Matter {
    /// Settings that are not public.
    Settings,
    /// What integrations did.
    Integrations,
    /// Customers who wait for an agent.
    Inquiries,
    /// Stored answers of agents.
    CannedResponses,
    /// What the server logs.
    Logs,
}

impl Matter {
    const ALL: [Self; 5] = [Self::Settings, Self::Integrations, Self::Inquiries, Self::CannedResponses, Self::Logs];

    /// Whoever holds one of these has to do with it.
    fn permissions(self) -> &'static [Permission] {
        match self {
            Self::Settings => &[
                Permission::ViewPrivilegedSetting,
                Permission::EditPrivilegedSetting,
                Permission::ManageSelectedSettings,
            ],
            Self::Integrations => &[Permission::ManageOutgoingIntegrations, Permission::ManageOwnOutgoingIntegrations],
            Self::Inquiries => &[Permission::ViewLRoom],
            Self::CannedResponses => &[Permission::ViewCannedResponses],
            Self::Logs => &[Permission::ViewLogs],
        }
    }

    fn concerns(self, cx: &Caller) -> bool {
        let on = self != Self::CannedResponses || cx.chat().settings().bool("Canned_Responses_Enable");
        on && self.permissions().iter().any(|permission| cx.has(*permission))
    }
}

/// What follows from somebody's global roles for what may be heard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The account may log in.
    pub active: bool,
    /// Messages of channels without being a member.
    pub channels: bool,
    /// Every room as a member, whatever the roles in it.
    pub joined: bool,
    /// A bit for each matter.
    matters: u8,
}

impl Standing {
    /// Whether the user has to do with it.
    pub fn concerns(self, matter: Matter) -> bool {
        self.matters & (1 << matter as u8) != 0
    }
}

/// What the caller may hear everywhere.
pub fn standing(cx: &Caller) -> Standing {
    let of_kinds = [Permission::ViewCRoom, Permission::ViewPRoom, Permission::ViewDRoom];
    let concerned = Matter::ALL.into_iter().filter(|matter| matter.concerns(cx));
    Standing {
        active: cx.user().active,
        channels: cx.has(Permission::ViewCRoom),
        joined: cx.has(Permission::ViewJoinedRoom) || of_kinds.into_iter().all(|permission| cx.has(permission)),
        matters: concerned.fold(0, |matters, one| matters | 1 << one as u8),
    }
}

/// Whether a change of this permission, or of a role that holds it, may change what somebody hears.
pub fn decides_hearing(permission: &str) -> bool {
    const OF_ROOMS: [Permission; 5] = [
        Permission::ViewCRoom,
        Permission::ViewPRoom,
        Permission::ViewDRoom,
        Permission::ViewJoinedRoom,
        Permission::PreviewCRoom,
    ];
    let of_matters = Matter::ALL.iter().flat_map(|matter| matter.permissions());
    OF_ROOMS.iter().chain(of_matters).any(|deciding| deciding.id() == permission)
}

/// Whether a change of this setting may change what those hear who are not logged in.
pub fn decides_hearing_of_strangers(setting: &str) -> bool {
    setting == OPEN
}

/// Whether the caller may send more messages than a person can write.
pub fn may_flood(cx: &Caller) -> bool {
    cx.has(Permission::SendManyMessages)
}

/// A caller who stays: a socket's. What it may do is looked up again whenever something about accounts changed.
pub struct Standby {
    caller: Caller,
    /// Up to which invalidation it is current.
    epoch: Option<u64>,
}

impl Standby {
    /// To be asked with [`Standby::now`] before every act.
    pub fn new(caller: Caller) -> Self {
        Self { caller, epoch: None }
    }

    /// The caller as of now; nobody when the session has ended or the account may not log in any more.
    ///
    /// # Errors
    /// Unavailable, when the store is.
    pub async fn now(&mut self) -> Result<Option<&Caller>> {
        let epoch = self.caller.chat().state().epoch();
        if self.epoch != Some(epoch) {
            match auth::renewed(&self.caller).await? {
                Some(caller) => self.caller = caller,
                None => return Ok(None),
            }
            self.epoch = Some(epoch);
        }
        Ok(Some(&self.caller).filter(|caller| !auth::has_ended(caller)))
    }

    /// The caller as last seen.
    pub fn last(&self) -> &Caller {
        &self.caller
    }
}

/// What is left of a membership: what its owner's clients need to forget it.
pub struct EndedMembership {
    gone: SubscriptionRemoved,
    person: Option<Arc<gantry_model::Person>>,
}

impl EndedMembership {
    /// Whose it was.
    pub fn uid(&self) -> &UserId {
        &self.gone.uid
    }
}

/// The remains of a membership, with its owner's names of now.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn ended(chat: &Chat, gone: SubscriptionRemoved) -> Result<EndedMembership> {
    let person = people::named(chat, [&gone.uid]).await?.remove(&gone.uid);
    Ok(EndedMembership { gone, person })
}

/// The remains of these users' memberships of a room that was removed.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn ended_with(chat: &Chat, rid: &RoomId, kind: RoomKind, uids: &[UserId]) -> Result<Vec<EndedMembership>> {
    let (room, members) = (rid.clone(), uids.to_vec());
    let ids = chat.read(move |db| db.subscriptions().removed_from(&room, &members)).await?;
    let mut people = people::named(chat, uids).await?;
    let of = |(uid, id): (UserId, SubscriptionId)| EndedMembership {
        person: people.remove(&uid),
        gone: SubscriptionRemoved { id, rid: rid.clone(), kind, name: None, fname: None, uid },
    };
    Ok(ids.into_iter().map(of).collect())
}

impl Serialize for EndedMembership {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let SubscriptionRemoved { id, rid, kind, name, fname, uid } = &self.gone;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("_id", id)?;
        map.serialize_entry("rid", rid)?;
        map.serialize_entry("t", kind)?;
        map.serialize_entry("u", &Author { id: uid, person: self.person.as_deref() })?;
        for (key, text) in [("name", name), ("fname", fname)] {
            if let Some(text) = text {
                map.serialize_entry(key, text)?;
            }
        }
        map.end()
    }
}

/// Who stands in the place of somebody whose messages stay and who is forgotten.
#[derive(Serialize)]
pub struct Replacement {
    #[serde(rename = "_id")]
    id: &'static str,
    username: &'static str,
    alias: &'static str,
}

/// The server's own account, under another name.
pub fn replacement() -> Replacement {
    Replacement { id: OWN_ACCOUNT, username: OWN_ACCOUNT, alias: messages::FORGOTTEN }
}

/// An account as it is now, for events about it; from memory, else in one read.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn account(chat: &Chat, uid: &UserId) -> Result<Option<Arc<User>>> {
    if let Some(user) = chat.state().user(uid) {
        return Ok(Some(user));
    }
    let uid = uid.clone();
    chat.read(move |db| Ok(db.accounts().get(&uid)?.map(Arc::new))).await
}

/// Those of these accounts that there are, as they are now. One read at most.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn accounts(chat: &Chat, uids: Vec<UserId>) -> Result<Vec<Arc<User>>> {
    let known: Vec<Option<Arc<User>>> = uids.iter().map(|uid| chat.state().user(uid)).collect();
    let missing: Vec<UserId> =
        uids.into_iter().zip(&known).filter(|(_, known)| known.is_none()).map(|(uid, _)| uid).collect();
    let mut users: Vec<Arc<User>> = known.into_iter().flatten().collect();
    if !missing.is_empty() {
        users.extend(chat.read(move |db| db.accounts().some(&missing)).await?.into_iter().map(Arc::new));
    }
    Ok(users)
}
