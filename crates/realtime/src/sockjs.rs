//! SockJS: the same sessions for clients that cannot keep a WebSocket open, over requests of HTTP.
//!
//! A session lives between requests. One request at a time, its [receiver](receiver), is answered with what the
//! session says: with one piece (polling), or piece by piece until much was sent (streaming). Other requests bring
//! what the client says. A [line] carries the session through them all, the [switchboard](sessions) finds it for each.
//!
//! Whoever knows the address of a session can speak and listen in it, as with a socket that is open: the client makes
//! it up from fifty random bits, and it stands in no log.

mod answers;
mod iframe;
mod line;
mod payload;
mod pipe;
mod receiver;
mod requests;
mod routes;
mod sessions;

pub use answers::Body;
pub(crate) use line::Line;
#[cfg(test)]
pub(crate) use payload::letter;
pub(crate) use payload::{is_array, messages};
pub use pipe::Stream;
pub(crate) use requests::answer;
pub(crate) use routes::Route;
pub(crate) use sessions::Sessions;
