//! Whose presence is listened to, by whom.

use super::{ConnectionId, Index, insert, remove};
use crate::hub::slab::Slab;
use crate::outbox::Outbox;
use gantry_model::UserId;
use std::collections::HashMap;
use std::sync::Arc;

/// Users whose presence somebody listens to.
#[derive(Default)]
pub(super) struct Watched {
    users: Slab<(UserId, Vec<u32>)>,
    by_id: HashMap<UserId, u32>,
}

/// The most users one connection may listen to.
const MOST: usize = 5_000;

impl Index {
    /// The connection listens to the presence of `uid` from now on; false when it listens to too many.
    pub(crate) fn watch_presence(&mut self, connection: ConnectionId, uid: &UserId) -> bool {
        let Some(own) = self.connections.get_mut(connection.0) else { return true };
        if own.watched.len() >= MOST {
            return false;
        }
        let Watched { users, by_id } = &mut self.watched;
        let slot = *by_id.entry(uid.clone()).or_insert_with(|| users.insert((uid.clone(), Vec::new())));
        insert(&mut own.watched, slot);
        if let Some((_, listeners)) = users.get_mut(slot) {
            insert(listeners, connection.0);
        }
        true
    }

    /// The connection listens to the presence of `uid` no more.
    pub(crate) fn unwatch_presence(&mut self, connection: ConnectionId, uid: &UserId) {
        if let Some(&slot) = self.watched.by_id.get(uid)
            && let Some(own) = self.connections.get_mut(connection.0)
            && remove(&mut own.watched, slot)
        {
            self.watched.remove(slot, connection.0);
        }
    }

    /// The connection listens to nobody's presence any more.
    pub(crate) fn forget_watched(&mut self, connection: ConnectionId) {
        let Some(own) = self.connections.get_mut(connection.0) else { return };
        for slot in std::mem::take(&mut own.watched) {
            self.watched.remove(slot, connection.0);
        }
    }

    /// The connections that listen to the presence of `uid`, and a number that stands for it.
    pub(crate) fn presence_listeners(&self, uid: &UserId) -> impl Iterator<Item = (u32, &Arc<Outbox>)> {
        let slot = self.watched.by_id.get(uid).copied();
        let watched = slot.and_then(|slot| Some((slot, self.watched.users.get(slot)?)));
        watched.into_iter().flat_map(move |(slot, (_, listeners))| {
            listeners.iter().filter_map(move |one| Some((slot, &self.connections.get(*one)?.outbox)))
        })
    }
}

impl Watched {
    fn remove(&mut self, slot: u32, connection: u32) {
        let Some((uid, listeners)) = self.users.get_mut(slot) else { return };
        remove(listeners, connection);
        if listeners.is_empty() {
            self.by_id.remove(uid);
            self.users.remove(slot);
        }
    }
}
