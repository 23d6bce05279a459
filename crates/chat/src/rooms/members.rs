//! Who is in a room.

use super::list::bounded;
use crate::access::{self, Found};
use crate::{Caller, Chat};
use gantry_model::{Error, Permission, Result, RoleId, RoomKind, Status, User, UserId};
use gantry_store::{Conn, Member, MemberFilter};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::collections::HashMap;
use std::sync::Arc;

/// A page of a room's members.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemberQuery {
    /// Only those who look like one of these; everybody without any.
    pub statuses: Vec<Status>,
    /// Part of user name or name, in any case.
    pub text: Option<String>,
    /// By user name downwards.
    pub descending: bool,
    /// Owners first, then moderators, each with the roles shown.
    pub by_role: bool,
    /// So many are passed over.
    pub offset: u64,
    /// At most so many; all of them without.
    pub count: Option<u64>,
}

/// A member, as lists of members show one.
pub struct MemberDoc {
    user: Arc<User>,
    status: Status,
    /// In the room, where the list shows them.
    roles: Vec<RoleId>,
}

impl Serialize for MemberDoc {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let profile = &self.user.profile;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("_id", &self.user.id)?;
        map.serialize_entry("username", &self.user.username)?;
        map.serialize_entry("status", &self.status)?;
        map.serialize_entry("_updatedAt", &self.user.updated)?;
        let texts = [
            ("name", self.user.name.as_ref()),
            ("nickname", profile.nickname.as_ref()),
            ("avatarETag", profile.avatar_etag.as_ref()),
        ];
        for (key, text) in texts {
            if let Some(text) = text {
                map.serialize_entry(key, text)?;
            }
        }
        if !self.roles.is_empty() {
            map.serialize_entry("roles", &self.roles)?;
        }
        if let Some(offset) = profile.utc_offset {
            map.serialize_entry("utcOffset", &offset)?;
        }
        map.end()
    }
}

/// The members of a room who may log in, by user name, and how many there are in all.
///
/// In order: the caller can read the room, else `error-room-not-found`; of a broadcast room with
/// `view-broadcast-member-list` in it, else 403.
///
/// # Errors
/// As above.
pub async fn members(cx: &Caller, room: &Found, query: MemberQuery) -> Result<(Vec<MemberDoc>, i64)> {
    access::require(cx, room, || Error::room_not_found(what(room.kind())))?;
    if room.room.broadcast && !cx.has_in(Permission::ViewBroadcastMemberList, room.seat.as_ref()) {
        return Err(Error::forbidden());
    }
    let (chat, rid) = (cx.chat().clone(), room.id().clone());
    let (offset, count) = (bounded(query.offset), query.count.map_or(i64::MAX, bounded));
    let crowded = room.room.users_count > CROWDED;
    let filter = MemberFilter { crowded: crowded && !query.by_role, ..filter(&chat, query) };
    cx.read(move |db| {
        let (mut members, total) = db.subscriptions().page(&rid, &filter, offset, count)?;
        if !filter.by_role {
            members.iter_mut().for_each(|member| member.roles.clear());
        }
        Ok((docs(&chat, db, members)?, total))
    })
    .await
}

/// Rooms with more members than this are likely to hold a good part of all accounts.
const CROWDED: i64 = 10_000;

/// What the family of a room's calls calls it.
fn what(kind: RoomKind) -> &'static str {
    match kind {
        RoomKind::Channel => "channel",
        RoomKind::Private => "group",
        RoomKind::Direct => "direct message",
    }
}

/// Who looks like what is known in memory only, and only of those who are there: everybody else is offline.
fn filter(chat: &Chat, query: MemberQuery) -> MemberFilter {
    let MemberQuery { statuses, text, descending, by_role, .. } = query;
    let text = text.filter(|text| !text.is_empty());
    let mut filter = MemberFilter { text, descending, by_role, ..MemberFilter::default() };
    if statuses.is_empty() {
        return filter;
    }
    let presence = chat.state().presence();
    let looks_so = |uid: &UserId| statuses.contains(&presence.status(uid));
    let (matching, others): (Vec<UserId>, Vec<UserId>) = presence.present().into_iter().partition(looks_so);
    if statuses.contains(&Status::Offline) {
        filter.except = Some(others);
    } else {
        filter.only = Some(matching);
    }
    filter
}

/// The members in their order: accounts from memory, else in one read.
fn docs(chat: &Chat, db: &mut Conn, members: Vec<Member>) -> Result<Vec<MemberDoc>> {
    let state = chat.state();
    let ids = || members.iter().map(|member| &member.uid);
    let mut users: HashMap<UserId, Arc<User>> = ids().filter_map(|id| Some((id.clone(), state.user(id)?))).collect();
    let missing: Vec<UserId> = ids().filter(|id| !users.contains_key(*id)).cloned().collect();
    if !missing.is_empty() {
        let read = db.accounts().some(&missing)?;
        users.extend(read.into_iter().map(|user| (user.id.clone(), Arc::new(user))));
    }
    let doc = |Member { uid, roles, .. }: Member| {
        let user = users.remove(&uid)?;
        Some(MemberDoc { status: state.presence().status(&uid), user, roles })
    };
    Ok(members.into_iter().filter_map(doc).collect())
}
