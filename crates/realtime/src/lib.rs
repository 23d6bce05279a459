//! DDP over WebSocket: connection, methods, streams, fan-out.

pub mod ddp;
pub mod ejson;
pub mod frame;
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
