//! Looking again at who may hear what they hear, when that may have changed.
//!
//! The fan-out waits for it: what comes after the change is told only to those who may still hear it.

use super::{ConnectionId, Hub, UNCERTAIN};
use crate::streams::{Feed, Read, Who};
use gantry_chat::streams::{self, Hearing, Standing};
use gantry_chat::{Chat, streams as rules};
use gantry_model::{Result, RoomId, UserId};
use std::collections::HashSet;

type Audience = Vec<(Option<UserId>, RoomId)>;

/// Everybody, after a permission was handed out anew.
pub(super) async fn everybody(chat: &Chat, hub: &Hub) {
    let (audience, users) = {
        let index = hub.index();
        (index.audience(), index.users().cloned().collect())
    };
    review(chat, hub, audience, users).await;
}

/// One user, whose roles changed or whose account was activated or deactivated.
pub(super) async fn user(chat: &Chat, hub: &Hub, uid: &UserId) {
    let audience = {
        let index = hub.index();
        if !index.is_online(uid) {
            return;
        }
        index.audience_of(uid)
    };
    review(chat, hub, audience, vec![uid.clone()]).await;
}

/// Who listens to one room, which may be of another kind now.
pub(super) async fn room(chat: &Chat, hub: &Hub, rid: &RoomId) {
    let audience = hub.index().audience_in(rid);
    review(chat, hub, audience, Vec::new()).await;
}

async fn review(chat: &Chat, hub: &Hub, audience: Audience, users: Vec<UserId>) {
    let concerned: HashSet<UserId> = audience.iter().filter_map(|(uid, _)| uid.clone()).chain(users.clone()).collect();
    if let Err(error) = attempt(chat, hub, audience, users).await {
        tracing::warn!(cause = error.cause(), "who may hear what could not be looked up: they are to connect again");
        disconnect(hub, &concerned);
    }
}

async fn attempt(chat: &Chat, hub: &Hub, audience: Audience, users: Vec<UserId>) -> Result<()> {
    if !audience.is_empty() {
        let hearings = rules::hearings(chat, audience).await?;
        let mut index = hub.index_mut();
        for (uid, rid, hearing) in hearings.iter().filter(|(_, _, hearing)| *hearing != Hearing::Everything) {
            index.limit(uid.as_ref(), rid, *hearing);
        }
    }
    if !users.is_empty() {
        for (uid, standing) in streams::standings(chat, users).await? {
            apply(hub, &uid, standing);
        }
    }
    Ok(())
}

fn apply(hub: &Hub, uid: &UserId, standing: Standing) {
    let mut index = hub.index_mut();
    for connection in index.connections_of(uid) {
        if !standing.active {
            end(&mut index, connection);
            continue;
        }
        for feed in Feed::ALL {
            if let Read::Only(Who::Concerned(matter)) = feed.row().read
                && !standing.concerns(matter)
            {
                index.listen(connection, *feed, false);
            }
        }
        let roams = standing.channels && index.listens(connection, Feed::MyMessages);
        index.roam(connection, roams);
    }
}

fn disconnect(hub: &Hub, users: &HashSet<UserId>) {
    let mut index = hub.index_mut();
    for connection in users.iter().flat_map(|uid| index.connections_of(uid)).collect::<Vec<_>>() {
        end(&mut index, connection);
    }
}

fn end(index: &mut super::Index, connection: ConnectionId) {
    if let Some(outbox) = index.outbox(connection).cloned() {
        index.unbind(connection);
        outbox.finish(UNCERTAIN);
    }
}
