//! Many accounts, rooms and messages quickly, for load tests and demonstrations.
//!
//! A bulk path: rows go in by the hundred and one password hash is shared, so a hundred thousand accounts take seconds.
//! Nothing is announced to sockets, and no system message is written: it is meant for a server nobody uses yet.

use crate::Chat;
use gantry_markup as markup;
use gantry_model::event::{Event, Key};
use gantry_model::{
    Email, EmailAddress, Error, Message, Millis, Profile, Result, RoleId, Room, RoomId, RoomKind, Status, Subscription,
    User, UserId, UserKind, Username, push_text,
};
use gantry_store::{NewAccount, Tx};
use std::collections::HashSet;

/// Rows in one write: few enough that other writes hardly notice.
const CHUNK: usize = 1_000;

/// What to make.
#[derive(Clone, Debug, PartialEq)]
pub struct Seed {
    /// Accounts, named `<prefix>0`, `<prefix>1`, …
    pub users: u32,
    /// Channels, named `<prefix>-room-0`, … unless `room` names one.
    pub rooms: u32,
    /// Messages, spread over the rooms: half of them in the first.
    pub messages: u64,
    /// One channel of this name instead, made when it is not there.
    pub room: Option<String>,
    /// Members of each room, the first accounts.
    pub members: u32,
    /// What names begin with.
    pub prefix: String,
    /// The hash that all made accounts share.
    pub password: String,
}

/// What was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seeded {
    /// Accounts made; those that were there are not counted.
    pub users: usize,
    /// Rooms made.
    pub rooms: usize,
    /// Memberships made.
    pub members: usize,
    /// Messages written.
    pub messages: u64,
}

/// Makes what `seed` says. What is there already stays as it is, so an interrupted run can be repeated.
///
/// # Errors
/// Unavailable, when the store is; `error-field-unavailable` when a room's name belongs to a private group.
pub async fn seed(chat: &Chat, seed: Seed) -> Result<Seeded> {
    let mut made = Seeded::default();
    let users = accounts(chat, &seed, &mut made).await?;
    let names = match &seed.room {
        Some(name) => vec![name.clone()],
        None => (0..seed.rooms).map(|number| format!("{}-room-{number}", seed.prefix)).collect(),
    };
    let members = usize::try_from(seed.members).unwrap_or(usize::MAX).min(users.len());
    let mut rooms = Vec::new();
    for name in names {
        let room = room(chat, name, users.first(), &mut made).await?;
        fill(chat, &room, users.get(..members).unwrap_or_default(), &mut made).await?;
        rooms.push(room);
    }
    messages(chat, &seed, &rooms, &users, &mut made).await?;
    Ok(made)
}

async fn accounts(chat: &Chat, seed: &Seed, made: &mut Seeded) -> Result<Vec<UserId>> {
    let mut all = Vec::new();
    let names: Vec<String> = (0..seed.users).map(|number| format!("{}{number}", seed.prefix)).collect();
    for chunk in names.chunks(CHUNK) {
        let (names, password) = (chunk.to_vec(), seed.password.clone());
        let (ids, fresh) = chat
            .write([Key::Server], move |tx| {
                let there = tx.accounts().by_usernames(&names)?;
                let taken: HashSet<String> =
                    there.iter().filter_map(|user| user.username.as_ref().map(ToString::to_string)).collect();
                let new: Vec<NewAccount> = names
                    .iter()
                    .filter(|name| !taken.contains(*name))
                    .map(|name| account(tx, name, &password))
                    .collect();
                tx.bulk().accounts(&new)?;
                for one in &new {
                    tx.emit(Key::Server, Event::UserCreated { uid: one.user.id.clone() });
                }
                let mut ids: Vec<UserId> = there.into_iter().map(|user| user.id).collect();
                ids.extend(new.iter().map(|one| one.user.id.clone()));
                Ok((ids, new.len()))
            })
            .await?;
        all.extend(ids);
        made.users += fresh;
    }
    Ok(all)
}

fn account(tx: &Tx<'_>, name: &str, password: &str) -> NewAccount {
    let user = User {
        id: tx.id(),
        username: Some(Username::new(name)),
        name: Some(name.to_owned()),
        kind: UserKind::User,
        active: true,
        roles: vec![RoleId::new("user")],
        emails: vec![Email { address: EmailAddress::new(format!("{name}@{name}.invalid")), verified: true }],
        status_default: Status::Online,
        status_text: String::new(),
        has_password: true,
        created: tx.stamp(),
        last_login: None,
        updated: tx.stamp(),
        preferences: serde_json::Map::new(),
        profile: Profile::default(),
    };
    NewAccount { user, password: Some(password.to_owned()) }
}

async fn room(chat: &Chat, name: String, creator: Option<&UserId>, made: &mut Seeded) -> Result<RoomId> {
    let creator = creator.cloned();
    let (id, fresh) = chat
        .write([Key::Server], move |tx| match tx.rooms().by_name(&name)? {
            Some(room) if room.kind == RoomKind::Channel => Ok((room.id, false)),
            Some(_) => Err(Error::new("error-field-unavailable", format!("{name} is a private group"))),
            None => {
                let room = blank(tx, &name, creator.clone());
                tx.rooms().insert(&room)?;
                tx.emit(Key::Room(room.id.clone()), Event::RoomCreated { rid: room.id.clone(), kind: room.kind });
                Ok((room.id, true))
            }
        })
        .await?;
    made.rooms += usize::from(fresh);
    Ok(id)
}

fn blank(tx: &Tx<'_>, name: &str, creator: Option<UserId>) -> Room {
    Room {
        name: Some(name.to_owned()),
        fname: Some(name.to_owned()),
        creator,
        ..Room::blank(tx.id(), RoomKind::Channel, tx.stamp())
    }
}

async fn fill(chat: &Chat, rid: &RoomId, members: &[UserId], made: &mut Seeded) -> Result<()> {
    for chunk in members.chunks(CHUNK) {
        let (rid, uids) = (rid.clone(), chunk.to_vec());
        made.members += chat
            .write([Key::Room(rid.clone())], move |tx| {
                let mut room = held(tx, &rid)?;
                let there: HashSet<UserId> =
                    tx.subscriptions().some(&rid, &uids)?.into_iter().map(|seat| seat.uid).collect();
                let new: Vec<Subscription> = uids
                    .iter()
                    .filter(|uid| !there.contains(*uid))
                    .map(|uid| Subscription {
                        open: true,
                        ..Subscription::fresh(tx.id(), &room, uid.clone(), tx.stamp())
                    })
                    .collect();
                tx.bulk().subscriptions(&new)?;
                room.users_count += i64::try_from(new.len()).unwrap_or_default();
                tx.rooms().update(&mut room)?;
                for one in &new {
                    let inserted =
                        Event::SubscriptionInserted { rid: rid.clone(), kind: room.kind, uid: one.uid.clone() };
                    tx.emit(Key::Room(rid.clone()), inserted);
                }
                Ok(new.len())
            })
            .await?;
    }
    Ok(())
}

fn held(tx: &mut Tx<'_>, rid: &RoomId) -> Result<Room> {
    tx.rooms().get(rid)?.ok_or_else(|| Error::invalid_room("seed"))
}

async fn messages(chat: &Chat, seed: &Seed, rooms: &[RoomId], users: &[UserId], made: &mut Seeded) -> Result<()> {
    if rooms.is_empty() || users.is_empty() {
        return Ok(());
    }
    for (at, rid) in rooms.iter().enumerate() {
        let others = u64::try_from(rooms.len() - 1).unwrap_or_default();
        let share = match (at, others) {
            (_, 0) => seed.messages,
            (0, _) => seed.messages / 2 + (seed.messages - seed.messages / 2) % others,
            _ => (seed.messages - seed.messages / 2) / others,
        };
        let mut left = share;
        while left > 0 {
            let count = left.min(CHUNK as u64);
            chunk_of_messages(chat, rid, users, count).await?;
            left -= count;
            made.messages += count;
        }
    }
    Ok(())
}

async fn chunk_of_messages(chat: &Chat, rid: &RoomId, users: &[UserId], count: u64) -> Result<()> {
    let (rid, chat2) = (rid.clone(), chat.clone());
    let authors: Vec<UserId> = users.iter().take(50).cloned().collect();
    chat.write([Key::Room(rid.clone())], move |tx| {
        let mut room = held(tx, &rid)?;
        // Seeded history lies in the past, a second a message, so that what is written next comes after it.
        let begin = tx.stamp().0 - 86_400_000 * 365;
        let mut new = Vec::new();
        for _ in 0..count {
            let place = room.last_place + 1;
            let author = authors.get(usize::try_from(place).unwrap_or_default() % authors.len().max(1)).cloned();
            let ts = Millis(room.last_ts.0 + 1_000).max(Millis(begin)).min(tx.stamp());
            let text =
                format!("Message {place}: the quick brown fox jumps over word{} and w{}", place % 997, place % 150);
            let mut body = String::from("{\"msg\":");
            push_text(&mut body, &text);
            body.push_str(",\"md\":");
            markup::write_json(&text, &chat2.state().reading().options, &mut body);
            body.push_str(",\"urls\":[],\"mentions\":[],\"channels\":[]}");
            let Some(author) = author else { return Ok(()) };
            new.push(Message {
                id: tx.id(),
                rid: rid.clone(),
                ts,
                place,
                updated: ts,
                author,
                kind: None,
                body,
                tmid: None,
                tshow: false,
                edited: None,
                reactions: Vec::new(),
            });
            (room.last_place, room.last_ts) = (place, ts);
        }
        tx.bulk().messages(&new)?;
        room.msgs += i64::try_from(new.len()).unwrap_or_default();
        if let Some(last) = new.last() {
            room.lm = Some(last.ts);
            room.last_message = Some(last.id.clone());
        }
        tx.rooms().update_activity(&mut room)?;
        tx.emit(Key::Room(rid.clone()), Event::RoomChanged { rid: rid.clone(), named: false });
        Ok(())
    })
    .await
}
