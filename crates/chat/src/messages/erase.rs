//! What becomes of the messages of somebody whose account is gone.
//!
//! They are looked for from one end of all messages to the other, a stretch at a time beside the writer: no index is kept on
//! every message for a thing so rare. Each write changes a few messages of one room.

use super::change::members;
use crate::users::{self, OWN_ACCOUNT};
use crate::{Chat, rooms};
use gantry_model::{Erasure, Message, MessageId, Result, Room, RoomId, UserId};
use gantry_store::{Erasing, Spot, Tx};
use serde_json::value::to_raw_value;

/// Messages looked through in one read.
const LOOKED_AT: i64 = 5_000;
/// Messages changed in one write.
const AT_ONCE: usize = 100;

/// What messages of somebody who is forgotten stand under.
pub(crate) const FORGOTTEN: &str = "Removed User";

/// Deletes what somebody wrote, or gives it to the server's own account, and takes back reactions and edits. Goes on where it was
/// interrupted. Clients are told of the account, not of each message.
///
/// # Errors
/// Unavailable, when the store is.
pub(crate) async fn erase_of(chat: &Chat, erasing: Erasing) -> Result<()> {
    let Erasing { uid, erasure, mut reached } = erasing;
    loop {
        let (of, after) = (uid.clone(), reached.clone());
        let (found, end) = chat.read(move |db| db.messages().left_by(&of, &after, LOOKED_AT)).await?;
        for some in found.chunk_by(|one, next| one.rid == next.rid).flat_map(|room| room.chunks(AT_ONCE)) {
            erase_some(chat, &uid, erasure, some).await?;
        }
        let Some(end) = end else { return Ok(()) };
        note(chat, &uid, &end).await?;
        reached = end;
    }
}

async fn note(chat: &Chat, uid: &UserId, spot: &Spot) -> Result<()> {
    let (key, uid, spot) = (users::key(uid), uid.clone(), spot.clone());
    chat.write([key], move |tx| tx.erasures().reached(&uid, &spot)).await
}

/// Messages of one room.
async fn erase_some(chat: &Chat, uid: &UserId, erasure: Erasure, some: &[Message]) -> Result<()> {
    let Some(rid) = some.first().map(|message| message.rid.clone()) else { return Ok(()) };
    let (uid, ids): (_, Vec<MessageId>) = (uid.clone(), some.iter().map(|message| message.id.clone()).collect());
    chat.write([rooms::key(&rid)], move |tx| erase_in(tx, &rid, &uid, erasure, &ids)).await
}

fn erase_in(tx: &mut Tx<'_>, rid: &RoomId, uid: &UserId, erasure: Erasure, ids: &[MessageId]) -> Result<()> {
    // A room that is gone is cleared away as a whole.
    let Some(mut room) = tx.rooms().get(rid)? else { return Ok(()) };
    let (mut fewer, mut last) = (0, false);
    for message in tx.messages().some(ids)? {
        if message.author == *uid && erasure == Erasure::Delete {
            tx.messages().remove(&message)?;
            fewer += i64::from(message.kind.as_deref() != Some(super::delete::REMOVED));
            last |= room.last_message.as_ref() == Some(&message.id);
        } else {
            tx.messages().update(&mut forgotten(message, uid))?;
        }
    }
    uncount(tx, &mut room, fewer, last)
}

/// The room has so many messages less, maybe the one among them that it showed as its last. Its document is told anew in
/// any case: it shows whose that message was.
fn uncount(tx: &mut Tx<'_>, room: &mut Room, fewer: i64, last: bool) -> Result<()> {
    room.msgs = (room.msgs - fewer).max(0);
    if last {
        room.last_message = tx.rooms().newest_visible(&room.id)?;
    }
    tx.rooms().update_activity(room)?;
    rooms::changed(tx, &room.id, false);
    Ok(())
}

/// The message without a trace of `uid`.
fn forgotten(mut message: Message, uid: &UserId) -> Message {
    message.reactions.iter_mut().for_each(|(_, users)| users.retain(|user| user != uid));
    message.reactions.retain(|(_, users)| !users.is_empty());
    if let Some((_, by)) = &mut message.edited
        && by == uid
    {
        *by = UserId::new(OWN_ACCOUNT);
    }
    if message.author == *uid {
        message.author = UserId::new(OWN_ACCOUNT);
        let mut body = members(&message.body);
        if let Ok(alias) = to_raw_value(FORGOTTEN) {
            body.insert("alias".to_owned(), alias);
        }
        message.body = serde_json::to_string(&body).unwrap_or(message.body);
    }
    message
}

#[cfg(test)]
mod tests {
    use super::super::tests::message;
    use super::*;
    use serde_json::Value;

    #[test]
    fn nobody_can_tell_whose_it_was() {
        let mut sent = message("hello");
        sent.reactions = vec![(":a:".into(), vec!["ann".into()]), (":b:".into(), vec!["bob".into(), "ann".into()])];
        sent.edited = Some((sent.ts, "ann".into()));
        let left = forgotten(sent, &"ann".into());
        let body: Value = serde_json::from_str(&left.body).unwrap();
        assert_eq!((&body["msg"], &body["alias"]), (&"hello".into(), &FORGOTTEN.into()));
        assert_eq!((left.author.as_str(), left.reactions), ("rocket.cat", vec![(":b:".into(), vec!["bob".into()])]));
        assert_eq!(left.edited.unwrap().1, "rocket.cat");
    }

    #[test]
    fn what_others_wrote_stays_theirs() {
        let mut sent = message("hello");
        sent.reactions = vec![(":a:".into(), vec!["bob".into()])];
        let left = forgotten(sent.clone(), &"bob".into());
        assert_eq!((left.author, left.body, left.reactions), (sent.author, sent.body, Vec::new()));
    }
}
