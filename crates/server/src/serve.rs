//! `gantry serve`: wires the parts, serves, drains.

use crate::Problem;
use crate::config::{Config, Sources};
use crate::data_folder::DataFolder;
use crate::http::{self, Limits, Listener, Proxies};
use crate::metrics::{self, Metrics};
use crate::{health, log, shutdown, status_page};
use axum::Router;
use gantry_model::product::{PRODUCT, PRODUCT_VERSION, REPORTED_VERSION};
use std::io::{self, Write};
use std::net::SocketAddr;
use tempfile::TempDir;
use tokio::sync::watch;

/// The folder of one run. A temporary one goes away with it.
struct Folder {
    data: DataFolder,
    _temporary: Option<TempDir>,
}

/// Runs the server until it is told to stop.
///
/// # Errors
/// A problem at the start: the folder is taken, the port is taken, …
pub async fn serve(config: &Config, sources: &Sources) -> Result<(), Problem> {
    log::install(&config.log_level, config.log_format.value);
    sources.suspicious().iter().for_each(|sentence| tracing::warn!("{sentence}"));
    let folder = folder(config)?;
    let stop = shutdown::on_signals().map_err(|error| broken("cannot watch for signals", &error))?;
    let metrics = Metrics::install().map_err(Problem::running)?;
    tokio::spawn(metrics.clone().keep_small());
    let listener = listen(config)?;
    announce(&listener, &folder);
    http::serve(listener, site(config, metrics, &stop), limits(config), stop).await;
    Ok(())
}

fn site(config: &Config, metrics: Metrics, stop: &watch::Receiver<bool>) -> Router {
    Router::new()
        .merge(status_page::route(REPORTED_VERSION, PRODUCT_VERSION))
        .merge(health::routes(vec![not_stopping(stop.clone())]))
        .merge(metrics::page::route(metrics, config.metrics.value))
}

/// A server that drains wants no new requests.
fn not_stopping(stop: watch::Receiver<bool>) -> health::Check {
    health::Check::new("server", move || {
        let stopping = *stop.borrow();
        std::future::ready(if stopping { Err("stopping".to_owned()) } else { Ok(()) })
    })
}

fn folder(config: &Config) -> Result<Folder, Problem> {
    if !config.ephemeral.value {
        return Ok(Folder { data: DataFolder::take(&config.data)?, _temporary: None });
    }
    let made = tempfile::Builder::new().prefix("gantry-").tempdir();
    let temporary = made.map_err(|error| broken("cannot make a temporary folder", &error))?;
    Ok(Folder { data: DataFolder::take(temporary.path())?, _temporary: Some(temporary) })
}

fn listen(config: &Config) -> Result<Listener, Problem> {
    let place = SocketAddr::new(config.address.value, config.port.value);
    Listener::bind(place.ip(), place.port()).map_err(|error| {
        Problem::running(format!("cannot listen on {place}: {error}. Choose another with --port or --address."))
    })
}

fn limits(config: &Config) -> Limits {
    let (wanted, room) = (config.max_connections.value, http::raise_open_files());
    if wanted > room {
        tracing::warn!(wanted, room, "the limit of open files leaves room for fewer connections: raise it (ulimit -n)");
    }
    Limits { connections: wanted.clamp(1, room), proxies: Proxies(config.forwarded_count.value) }
}

/// Tells where to go: on standard output, so that it is there whatever is logged.
fn announce(listener: &Listener, folder: &Folder) {
    let port = listener.address().map_or(0, |address| address.port());
    let data = folder.data.path().display();
    let _ = writeln!(io::stdout(), "{PRODUCT} {PRODUCT_VERSION} is ready: http://localhost:{port} (data in {data})");
}

fn broken(what: &str, error: &io::Error) -> Problem {
    Problem::running(format!("{what}: {error}."))
}
