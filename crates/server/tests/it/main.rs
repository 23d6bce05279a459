//! The tests of the whole, in one binary: linking is what they cost.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod architecture;
mod client;
mod configuration;
mod control_socket;
mod data_folder;
mod http_loop;
mod log;
mod packaging;
mod pages;
mod process;
