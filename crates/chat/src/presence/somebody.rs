//! One user's connections, and what others see of them.

use super::{Chosen, ConnectionId, Shown};
use gantry_model::{Millis, Status};

/// How long a connection that broke still counts, in ms. Clients try again within a second or two of losing their socket.
pub const LINGER: i64 = 2_000;

/// A connection, or what is left of one.
struct Connection {
    id: ConnectionId,
    status: Status,
    /// Stands for the session it is logged in by.
    session: Option<u64>,
    /// When it broke.
    broke: Option<Millis>,
}

/// Somebody who is connected, was a moment ago, or chose something until a certain time.
pub(super) struct Somebody {
    connections: Vec<Connection>,
    pub(super) chosen: Chosen,
    pub(super) shown: Shown,
    /// When that last changed.
    pub(super) changed: Millis,
}

impl Somebody {
    /// Somebody without a connection.
    pub(super) fn new(chosen: Chosen, now: Millis) -> Self {
        let shown = Shown { status: Status::Offline, text: chosen.at(now).1.to_owned() };
        Self { connections: Vec::new(), chosen, shown, changed: Millis(0) }
    }

    /// Whether nobody would miss it: not connected, and nothing chosen is to end.
    pub(super) fn is_idle(&self) -> bool {
        self.connections.is_empty() && self.chosen.until.is_none()
    }

    /// Any connection at the keyboard, else what the last one says.
    pub(super) fn connection(&self) -> Status {
        let mut statuses = self.connections.iter().map(|one| one.status);
        if statuses.clone().any(|status| status == Status::Online) {
            return Status::Online;
        }
        statuses.rfind(|status| *status != Status::Offline).unwrap_or_default()
    }

    /// Adds a connection at the keyboard; who was waited for has come back with it.
    pub(super) fn connect(&mut self, id: ConnectionId, session: Option<u64>) {
        self.connections.retain(|one| one.broke.is_none() && one.id != id);
        self.connections.push(Connection { id, status: Status::Online, session, broke: None });
    }

    /// Changes the status of a connection that is there.
    pub(super) fn set(&mut self, id: ConnectionId, status: Status) {
        if let Some(one) = self.connections.iter_mut().find(|one| one.id == id) {
            one.status = status;
        }
    }

    /// A connection broke; whether there was one.
    pub(super) fn breaks(&mut self, id: ConnectionId, now: Millis) -> bool {
        let found = self.connections.iter_mut().find(|one| one.id == id && one.broke.is_none());
        found.map(|one| one.broke = Some(now)).is_some()
    }

    /// Forgets a connection that broke then.
    pub(super) fn let_go(&mut self, id: ConnectionId, broke: Millis) {
        self.connections.retain(|one| one.id != id || one.broke != Some(broke));
    }

    /// Forgets a connection.
    pub(super) fn disconnect(&mut self, id: ConnectionId) {
        self.connections.retain(|one| one.id != id);
    }

    /// Forgets the connections of sessions that ended.
    pub(super) fn end_sessions(&mut self, ended: impl Fn(Option<u64>) -> bool) {
        self.connections.retain(|one| !ended(one.session));
    }

    /// Looks again; whether others see something else than before.
    pub(super) fn refresh(&mut self, now: Millis) -> bool {
        let (default, text) = self.chosen.at(now);
        let shown = Shown { status: derive(self.connection(), default), text: text.to_owned() };
        let differs = shown != self.shown;
        if differs {
            self.shown = shown;
            self.changed = now;
        }
        differs
    }
}

fn derive(connection: Status, default: Status) -> Status {
    match (connection, default) {
        (Status::Offline, _) => Status::Offline,
        (_, Status::Online) => connection,
        _ => default,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_wins_while_connected() {
        for chosen in [Status::Busy, Status::Away, Status::Offline] {
            assert_eq!(derive(Status::Online, chosen), chosen);
            assert_eq!(derive(Status::Offline, chosen), Status::Offline);
        }
        assert_eq!(derive(Status::Away, Status::Online), Status::Away);
    }
}
