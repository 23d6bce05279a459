//! Reading memberships back: all, those that changed, one.

use super::view::{SubscriptionDoc, docs};
use crate::changes::{Changes, Removed};
use crate::{Caller, Chat};
use gantry_model::{Millis, Result, RoomId, UserId};

/// The caller's memberships: all of them, or what changed after `since` and what ended after it.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn get(cx: &Caller, since: Option<Millis>) -> Result<Changes<SubscriptionDoc>> {
    let (chat, me) = (cx.chat().clone(), cx.id().clone());
    cx.chat()
        .store()
        .sync_rooms(since, move |db, since, written| {
            let Some(cursor) = since else {
                let rows = db.subscriptions().of(&me)?;
                return Ok(Changes { update: docs(&chat, db, rows)?, remove: Vec::new() });
            };
            let rows = db.subscriptions().changed_since(&me, cursor, written.as_deref())?;
            let ended = db.subscriptions().removed_since(&me, cursor)?;
            let remove = ended.into_iter().map(|(id, _, at)| Removed { id: id.to_string(), at }).collect();
            Ok(Changes { update: docs(&chat, db, rows)?, remove })
        })
        .await
}

/// The caller's membership of one room, if there is one.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn one(cx: &Caller, rid: &RoomId) -> Result<Option<SubscriptionDoc>> {
    let (chat, me, rid) = (cx.chat().clone(), cx.id().clone(), rid.clone());
    cx.read(move |db| {
        let row = db.subscriptions().with_room(&rid, &me)?;
        Ok(docs(&chat, db, row.into_iter().collect())?.pop())
    })
    .await
}

/// The newest state of memberships, for their owners' sockets; those that ended are left out. One read.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn docs_for(chat: &Chat, pairs: &[(UserId, RoomId)]) -> Result<Vec<(UserId, SubscriptionDoc)>> {
    let (reader, pairs) = (chat.clone(), pairs.to_vec());
    chat.read(move |db| {
        let keys: Vec<(&RoomId, &UserId)> = pairs.iter().map(|(uid, rid)| (rid, uid)).collect();
        let rows = db.subscriptions().pairs(&keys)?;
        let docs = docs(&reader, db, rows)?;
        Ok(docs.into_iter().map(|doc| (doc.uid().clone(), doc)).collect())
    })
    .await
}
