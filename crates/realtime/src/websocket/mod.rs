//! WebSocket (RFC 6455), the server's side, without I/O.
//!
//! [`handshake`] turns a request into the answer that upgrades it, [`Decoder`] turns the client's bytes into messages,
//! [`Close`] and [`Violation`] say why a connection ends; outgoing headers are written by [`crate::frame`].
//!
//! Nothing is kept for a client that is silent: bytes are held only while a frame or message is incomplete, and a
//! frame that would pass the limit is refused from its header. No extension is offered: what compression would save, and
//! cost, stands in `docs/performance.md`.

mod close;
mod decoder;
pub mod handshake;
mod header;
mod mask;

pub use close::{Close, Violation};
pub use decoder::{Decoder, Event, Step};
pub use header::{Opcode, ServerHeader};
