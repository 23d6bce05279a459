//! The sessions that requests of HTTP carry, by their names.

use super::line::Ends;
use super::receiver::Receiver;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// See the head of this file.
#[derive(Debug, Default)]
pub(crate) struct Sessions(Mutex<HashMap<Box<str>, Ends>>);

impl Sessions {
    /// Hands a receiver to the session of this name, which `begin` makes where there is none; `None` when it does not.
    pub(super) fn receive(&self, name: &str, receiver: Receiver, begin: impl FnOnce() -> Option<Ends>) -> Option<()> {
        match self.lock().entry(name.into()) {
            Entry::Occupied(there) => there.get().receive(receiver),
            Entry::Vacant(place) => place.insert(begin()?).receive(receiver),
        }
        Some(())
    }

    /// The ends of the session of this name.
    pub(super) fn find(&self, name: &str) -> Option<Ends> {
        self.lock().get(name).cloned()
    }

    /// Forgets the session of this name.
    pub(super) fn forget(&self, name: &str) {
        self.lock().remove(name);
    }

    /// Nothing panics half-way while it is held.
    fn lock(&self) -> MutexGuard<'_, HashMap<Box<str>, Ends>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
