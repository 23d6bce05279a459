//! The store on both databases: writes, their order and failures, sync reads, the queries.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod power;
mod sync;
mod world;
mod writes;
