//! A real PostgreSQL for tests.
//!
//! [`database()`] gives a test a migrated database of its own on a server that all tests of the machine's user share:
//! the first test process starts it, a watchdog stops it when no test process has been there for 20 seconds.
//! [`Server`] is a server of one test, to be stopped, killed and started at will.

mod database;
mod installation;
mod server;
mod shared;

pub use database::{Database, database};
pub use server::{Durability, Server};
