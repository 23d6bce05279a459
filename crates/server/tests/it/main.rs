//! The tests of the whole, in one binary: linking is what they cost.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod access_matrix;
mod accounts;
mod architecture;
mod bad_input;
mod binary;
mod client;
mod configuration;
mod control_socket;
mod data_folder;
mod disk_full;
mod every_endpoint;
mod groups_kick;
mod http_loop;
mod killed;
mod log;
mod logins;
mod memberships;
mod messages;
mod notifications;
mod order;
mod packaging;
mod pages;
mod plans;
mod process;
mod real_clients;
mod room_settings;
mod rooms;
mod slash_commands;
mod streams;
mod unread;
mod world;
