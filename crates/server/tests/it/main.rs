//! The tests of the whole, in one binary: linking is what they cost.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod accounts;
mod architecture;
mod client;
mod configuration;
mod control_socket;
mod data_folder;
mod every_endpoint;
mod groups_kick;
mod http_loop;
mod killed;
mod log;
mod memberships;
mod packaging;
mod pages;
mod plans;
mod process;
mod real_clients;
mod rooms;
mod unread;
mod world;
