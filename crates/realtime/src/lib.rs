//! DDP over WebSocket: connection, methods, streams, fan-out.

pub mod ddp;
pub mod ejson;
pub mod frame;
pub mod outbox;
pub mod socket;
mod sockjs;
pub mod websocket;
