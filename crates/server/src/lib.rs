//! A team-chat server that speaks Rocket.Chat's REST and realtime APIs: the binary's own parts.
//!
//! Configuration, command line, the HTTP loop, health, metrics, logs, the lock of the data folder and the socket for
//! commands beside a running server.

pub mod assembly;
pub mod cli;
pub mod commands;
pub mod config;
pub mod control;
pub mod data_folder;
mod escape;
pub mod gantry;
pub mod health;
pub mod http;
mod jobs;
pub mod log;
mod memory;
pub mod metrics;
mod problem;
mod run;
pub mod serve;
pub mod shutdown;
mod status_page;
pub mod web;

pub use problem::Problem;
pub use run::run;
