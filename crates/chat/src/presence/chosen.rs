//! What somebody chose to look like.

use gantry_model::{Millis, Status, User};

/// What somebody chose to look like when connected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub(crate) status: Status,
    pub(crate) text: String,
    /// Both end then.
    pub(crate) until: Option<Millis>,
    /// When it was chosen: an older choice never replaces it.
    pub(crate) at: Millis,
}

impl Chosen {
    /// What an account says.
    pub(crate) fn of(user: &User) -> Self {
        Self {
            status: user.status_default,
            text: user.status_text.clone(),
            until: user.profile.status_expires,
            at: user.updated,
        }
    }

    /// The status and text as of `now`: what has ended is `online` without a text.
    pub(crate) fn at(&self, now: Millis) -> (Status, &str) {
        match self.until {
            Some(end) if end <= now => (Status::Online, ""),
            _ => (self.status, &self.text),
        }
    }

    /// Nothing is chosen any more.
    pub(super) fn clear(&mut self) {
        (self.status, self.until) = (Status::Online, None);
        self.text.clear();
    }
}
