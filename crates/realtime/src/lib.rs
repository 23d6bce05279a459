//! DDP over WebSocket and SockJS: connection, methods, streams, fan-out.

mod carrier;
pub mod ddp;
pub mod ejson;
pub mod frame;
#[cfg(test)]
mod fuzz;
mod hub;
mod limits;
mod methods;
pub mod outbox;
mod realtime;
mod session;
pub mod socket;
mod sockjs;
mod streams;
mod tally;
mod upgrade;
pub mod websocket;

pub use methods::names as methods;
pub use realtime::{Counts, Realtime};
pub use sockjs::{Body, Stream};
pub use streams::sent as streams;
pub use upgrade::Place;
