//! The store on both databases: writes, their order and failures, sync reads, the queries.

#![expect(clippy::panic, reason = "an expectation of a test that fails is a panic")]

mod power;
mod sync;
mod world;
mod writes;
