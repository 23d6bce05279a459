//! DDP's words: what clients send, and what they are sent.
//!
//! A message is one JSON object whose `msg` says what it is. [`parse`] reads a client's without copying what it need
//! not; each message of the server has a function that writes it into a [`Draft`](crate::frame::Draft). Fields that
//! nobody knows are ignored.

mod incoming;
mod outgoing;
mod text;

pub use incoming::{Connect, Heartbeat, Incoming, Offence, heartbeat, parse};
pub use outgoing::{
    EVENT_END, added, changed, connected, empty_result, error, event, event_start, failed, failure, json_result, nosub,
    ping, pong, ready, removed, result, server_id, unsubscribed, updated,
};
pub use text::Text;

/// The version that is spoken.
pub const VERSION: &str = "1";
