//! A server in the test's own process, users, sockets, databases.

#![expect(clippy::panic, reason = "an expectation of a test that fails is a panic")]

pub mod ddp;
mod engine;
pub mod postgres;
pub mod rest;
pub mod schema;
mod skip;

pub use ddp::Ddp;
pub use engine::{Engine, OnEngine};
pub use rest::{Answer, Login, Rest};
pub use skip::{list as skipped_tests, skip};
