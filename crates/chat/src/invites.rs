//! Invitations into rooms, by link: whoever has the link may join.
//!
//! Everything that makes, uses or removes one holds its room's key: the last use cannot be had twice.

use crate::access::Found;
use crate::rooms::{self, RoomRef};
use crate::{Caller, Chat, subscriptions};
use gantry_model::event::Key;
use gantry_model::wire::{self, Wire};
use gantry_model::{Error, Invite, InviteId, Millis, Permission, Result, RoomId, RoomKind, Settings, UserId};
use gantry_store::{AuditEntry, Conn, NamedInvite, Tx};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;

/// `details.method` of refusals.
const FIND_OR_CREATE: &str = "findOrCreateInvite";
const VALIDATE: &str = "validateInviteToken";
const USE: &str = "useInviteToken";
const REMOVE: &str = "removeInvite";

/// Listed at most.
const LISTED: i64 = 5_000;
/// How long one whose time is over can still be told from one that never was.
const REMEMBERED: i64 = 30 * 86_400_000;

/// An invitation as those see it who may make some.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InviteDoc {
    #[serde(rename = "_id")]
    id: InviteId,
    rid: RoomId,
    user_id: UserId,
    days: i64,
    max_uses: i64,
    uses: i64,
    created_at: Millis,
    expires: Option<Millis>,
    #[serde(rename = "_updatedAt")]
    updated_at: Millis,
    /// For its maker alone: whoever has it may join.
    #[serde(skip_serializing_if = "Option::is_none")]
    invite_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// For those who may know of every room.
    #[serde(skip_serializing_if = "Option::is_none")]
    room: Option<RoomNames>,
    #[serde(skip_serializing_if = "Option::is_none")]
    u: Option<UserNames>,
}

#[derive(Clone, Debug, Serialize)]
struct RoomNames {
    t: RoomKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fname: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct UserNames {
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

/// The room that an invitation led into: the names by which it is opened.
#[derive(Clone, Debug, Serialize)]
pub struct Entered {
    rid: RoomId,
    #[serde(skip_serializing_if = "Option::is_none")]
    prid: Option<RoomId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fname: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    t: RoomKind,
}

/// The caller's invitation into a room for so many days and so many uses, each 0 for no end: one that is still good, or
/// a new one, of which the caller's other clients are told (`updateInvites`).
///
/// In order: a room is named (`error-the-field-is-required`); `create-invite-links`, globally or in the room
/// (`not_authorized`); the caller is a member (`error-invalid-room`); it is no direct room
/// (`error-room-type-not-allowed`); the days and the uses are among those there are (`invalid-number-of-days`,
/// `invalid-number-of-uses`).
///
/// # Errors
/// As above.
pub async fn find_or_create(cx: &Caller, rid: RoomId, (days, max_uses): (i64, i64)) -> Result<InviteDoc> {
    if rid.as_str().is_empty() {
        let text = "The field rid is required";
        return Err(Error::new("error-the-field-is-required", text).with_details(field(FIND_OR_CREATE, "rid")));
    }
    let token = gantry_store::random_link();
    let (invite, is_new) = cx
        .write([Key::Room(rid.clone())], move |me, tx| {
            let found = rooms::look_up(me, tx, &RoomRef::Id(rid.clone()))?;
            may_invite(me, found.as_ref())?;
            check_bounds(days, max_uses)?;
            let now = me.chat().now();
            if let Some(invite) = tx.invites().like((&rid, me.id()), (days, max_uses), now)? {
                return Ok((invite, false));
            }
            tx.invites().forget_over(&rid, Millis(now.0 - REMEMBERED))?;
            let invite = fresh(tx, &token, (&rid, me), (days, max_uses));
            tx.invites().insert(&invite)?;
            Ok((invite, true))
        })
        .await?;
    let url = url(&cx.chat().settings(), &invite.token);
    let token = Some(invite.token.clone());
    let made = InviteDoc { invite_token: token, url: Some(url), ..doc(invite) };
    if is_new {
        let told = wire::to_string(Wire::Ddp, &BTreeMap::from([("invite", &made)]));
        cx.chat().state().whisper(cx.id(), "updateInvites", &told);
    }
    Ok(made)
}

/// See [`find_or_create`].
fn may_invite(me: &Caller, found: Option<&Found>) -> Result<()> {
    let seat = found.and_then(|found| found.seat.as_ref()).filter(|seat| !subscriptions::is_banned(seat));
    if !me.has_in(Permission::CreateInviteLinks, seat) {
        return Err(Error::new("not_authorized", ""));
    }
    let Some(found) = found.filter(|_| seat.is_some()) else {
        let text = "The rid field is invalid";
        return Err(Error::new("error-invalid-room", text).with_details(field(FIND_OR_CREATE, "rid")));
    };
    if found.kind() == RoomKind::Direct {
        let text = "Cannot create invite links for this room type";
        return Err(Error::new("error-room-type-not-allowed", text).in_method(FIND_OR_CREATE));
    }
    Ok(())
}

fn check_bounds(days: i64, max_uses: i64) -> Result<()> {
    if !Invite::DAYS.contains(&days) {
        let text = "Invite should expire in 1, 7, 15 or 30 days, or send 0 to never expire.";
        return Err(Error::new("invalid-number-of-days", text));
    }
    if !Invite::USES.contains(&max_uses) {
        let text = "Invite should be valid for 1, 5, 10, 25, 50, 100 or infinite (0) uses.";
        return Err(Error::new("invalid-number-of-uses", text));
    }
    Ok(())
}

fn fresh(tx: &Tx<'_>, token: &str, (rid, me): (&RoomId, &Caller), (days, max_uses): (i64, i64)) -> Invite {
    let now = me.chat().now();
    Invite {
        id: tx.id(),
        token: token.to_owned(),
        rid: rid.clone(),
        uid: me.id().clone(),
        days,
        max_uses,
        uses: 0,
        created: now,
        expires: Invite::end(now, days),
        updated: tx.stamp(),
    }
}

/// The address of the page that an invitation leads to: this server's own, or, where an administrator chose so and named
/// one, that of a page which opens the apps.
fn url(settings: &Settings, token: &str) -> String {
    let (site, deep) = (settings.hot().site_url.as_str(), settings.text("DeepLink_Url").trim_end_matches('/'));
    if settings.text("Accounts_Registration_InviteUrlType") != "proxy" || deep.is_empty() {
        return format!("{site}/invite/{token}");
    }
    let host = site.split_once("://").map_or(site, |(_, host)| host).replace('/', "%2F").replace(':', "%3A");
    let secure = if site.starts_with("http://") { "&secure=no" } else { "" };
    format!("{deep}/invite?host={host}&path=invite%2F{token}{secure}")
}

/// Every invitation there is, newest first, without what would let somebody in.
///
/// # Errors
/// `not_authorized` without the global permission `create-invite-links`.
pub async fn list(cx: &Caller) -> Result<Vec<InviteDoc>> {
    may_administer(cx)?;
    let names_rooms = cx.has(Permission::ViewRoomAdministration);
    let found = cx.read(|db| db.invites().latest(LISTED)).await?;
    let named = |NamedInvite { invite, room, by }: NamedInvite| {
        let room = room.filter(|_| names_rooms).map(|(t, name, fname)| RoomNames { t, name, fname });
        let u = by.map(|by| UserNames { username: by.username, name: by.name });
        InviteDoc { room, u, ..doc(invite) }
    };
    Ok(found.into_iter().map(named).collect())
}

/// Takes an invitation back: its link leads nowhere from now on.
///
/// # Errors
/// `not_authorized` without the global permission `create-invite-links`; `invalid-invitation-id`.
pub async fn remove(cx: &Caller, id: InviteId) -> Result<()> {
    may_administer(cx)?;
    let unknown = || Error::new("invalid-invitation-id", "Invalid Invitation _id").in_method(REMOVE);
    let wanted = id.clone();
    let rid = cx.read(move |db| db.invites().get(&wanted)).await?.ok_or_else(unknown)?.rid;
    cx.write([Key::Room(rid.clone())], move |me, tx| {
        may_administer(me)?;
        if !tx.invites().remove(&id)? {
            return Err(unknown());
        }
        tx.audit().record(&AuditEntry {
            uid: Some(me.id().clone()),
            ip: Some(me.origin().ip.to_string()),
            act: "invite.removed",
            target: Some(id.to_string()),
            details: json!({ "rid": rid }),
        })
    })
    .await
}

fn may_administer(cx: &Caller) -> Result<()> {
    if cx.has(Permission::CreateInviteLinks) { Ok(()) } else { Err(Error::new("not_authorized", "")) }
}

/// Whether somebody could join by this token now.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn is_valid(chat: &Chat, token: String) -> Result<bool> {
    let now = chat.now();
    chat.read(move |db| admits(db, &token, now)).await
}

/// As [`is_valid`], inside a read or a write.
pub(crate) fn admits(db: &mut Conn, token: &str, now: Millis) -> Result<bool> {
    match db.invites().by_token(token)? {
        Some(invite) => Ok(good(&invite, now).is_ok() && db.rooms().get(&invite.rid)?.is_some()),
        None => Ok(false),
    }
}

/// Makes the caller a member of the room that a link invites into; who is one already stays one, and the invitation is
/// not counted as used.
///
/// In order: a token (`error-invalid-token`); that there is one like it (the same) for a room that is there
/// (`error-invalid-room`), whose time is not over and which not too many have used (`error-invite-expired`); no direct
/// room (`error-room-type-not-allowed`); an account with a user name (`error-invalid-user`); which is not banned there
/// (`error-user-is-banned`). No join code is asked for, and an archived room is joined as well.
///
/// # Errors
/// As above.
pub async fn use_token(cx: &Caller, token: String) -> Result<Entered> {
    if token.is_empty() {
        return Err(invalid(USE));
    }
    let wanted = token.clone();
    let found = cx.read(move |db| db.invites().by_token(&wanted)).await?;
    let rid = found.ok_or_else(|| invalid(VALIDATE))?.rid;
    cx.write([Key::Room(rid)], move |me, tx| {
        let invite = tx.invites().by_token(&token)?.ok_or_else(|| invalid(VALIDATE))?;
        let mut found = rooms::look_up(me, tx, &RoomRef::Id(invite.rid.clone()))?.ok_or_else(|| {
            Error::new("error-invalid-room", "The invite token is invalid.").with_details(field(VALIDATE, "rid"))
        })?;
        good(&invite, me.chat().now())?;
        may_enter(me, &found)?;
        if !found.is_member() {
            tx.invites().used(&invite.id)?;
            rooms::add_joining(me, tx, &mut found.room, false)?;
        }
        let room = found.room;
        Ok(Entered { rid: room.id, prid: room.extra.prid, fname: room.fname, name: room.name, t: room.kind })
    })
    .await
}

/// See [`use_token`].
fn may_enter(me: &Caller, found: &Found) -> Result<()> {
    if found.kind() == RoomKind::Direct {
        let text = "Can't join room of this type via invite";
        return Err(Error::new("error-room-type-not-allowed", text).with_details(field(USE, "token")));
    }
    if me.user().username.is_none() {
        return Err(Error::new("error-invalid-user", "The user is invalid").with_details(field(USE, "userId")));
    }
    match &found.seat {
        Some(seat) if subscriptions::is_banned(seat) => {
            Err(Error::new("error-user-is-banned", "User is banned from this room").in_method("addUserToRoom"))
        }
        _ => Ok(()),
    }
}

fn good(invite: &Invite, now: Millis) -> Result<()> {
    let ended = |name: &str| {
        Error::new("error-invite-expired", "The invite token has expired.").with_details(field(VALIDATE, name))
    };
    if invite.is_over(now) {
        return Err(ended("expires"));
    }
    if invite.is_used_up() { Err(ended("maxUses")) } else { Ok(()) }
}

fn invalid(method: &'static str) -> Error {
    Error::new("error-invalid-token", "The invite token is invalid.").with_details(field(method, "token"))
}

fn field(method: &str, field: &str) -> serde_json::Value {
    json!({ "method": method, "field": field })
}

fn doc(invite: Invite) -> InviteDoc {
    InviteDoc {
        id: invite.id,
        rid: invite.rid,
        user_id: invite.uid,
        days: invite.days,
        max_uses: invite.max_uses,
        uses: invite.uses,
        created_at: invite.created,
        expires: invite.expires,
        updated_at: invite.updated,
        invite_token: None,
        url: None,
        room: None,
        u: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gantry_model::{SettingBase, SettingChange, SettingId};

    fn settings(site: &str, changed: &[(&str, &str)]) -> Settings {
        let base = SettingBase { site_url: site.into(), ..SettingBase::new(Millis(1)) };
        let change = |value: &str| SettingChange { value: value.into(), editor: None, updated_at: Millis(1) };
        Settings::new(base, changed.iter().map(|(id, value)| (SettingId::new(id), change(value))))
    }

    #[test]
    fn a_link_leads_here_unless_it_is_to_lead_to_an_app() {
        let kind = ("Accounts_Registration_InviteUrlType", "proxy");
        let deep = ("DeepLink_Url", "https://go.example/");
        let here = "https://chat.example/invite/T";
        assert_eq!(url(&settings("https://chat.example", &[]), "T"), here);
        assert_eq!(url(&settings("https://chat.example", &[kind]), "T"), here, "no page that opens apps is known");
        assert_eq!(url(&settings("https://chat.example", &[deep]), "T"), here);
        let both = url(&settings("https://chat.example", &[kind, deep]), "T");
        assert_eq!(both, "https://go.example/invite?host=chat.example&path=invite%2FT");
        let own = url(&settings("http://localhost:3000", &[kind, deep]), "T");
        assert_eq!(own, "https://go.example/invite?host=localhost%3A3000&path=invite%2FT&secure=no");
    }
}
