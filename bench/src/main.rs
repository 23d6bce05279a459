//! Trials of a Gantry server on this machine, over its public wire.
//!
//! Each starts the server it is given on a fresh folder, fills it with `gantry seed`, and prints what it measured, one
//! figure a line. CPU and memory are the server's own, as the kernel counts them.

mod ddp;
mod http;
mod server;
mod times;
mod trial;

use clap::{Parser, ValueEnum};
use std::path::PathBuf;

/// What everything here may fail with.
type Result<T, E = Box<dyn std::error::Error + Send + Sync>> = std::result::Result<T, E>;

/// What is tried, and how hard.
#[derive(Clone, Debug, Parser)]
struct Options {
    /// The trial
    trial: Trial,
    /// The server's binary
    #[arg(long, default_value = "target/release/gantry")]
    server: PathBuf,
    /// Connected clients
    #[arg(long, default_value_t = 1000)]
    clients: usize,
    /// Seconds of each phase
    #[arg(long, default_value_t = 8)]
    seconds: u64,
    /// Seconds of rest after a burst
    #[arg(long, default_value_t = 60)]
    rest: u64,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Trial {
    /// Everybody comes back at once after a restart
    Storm,
    /// One client stops reading
    Stopped,
    /// Fifty password logins a second beside posts
    Logins,
    /// Memory after a burst
    Rest,
    /// Half of the clients drop and return
    Presence,
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    match options.trial {
        Trial::Storm => trial::storm::run(&options).await,
        Trial::Stopped => trial::stopped::run(&options).await,
        Trial::Logins => trial::logins::run(&options).await,
        Trial::Rest => trial::rest::run(&options).await,
        Trial::Presence => trial::presence::run(&options).await,
    }
}

/// Prints one figure.
fn say(what: &str, figure: f64) {
    println!("{what:>44} {figure:.3}");
}
