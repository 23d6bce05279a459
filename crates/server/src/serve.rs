//! `gantry serve`: wires the parts, serves, drains.

use crate::Problem;
use crate::config::{Config, Origin, Seed, Sources};
use crate::control::ControlSocket;
use crate::data_folder::DataFolder;
use crate::gantry::Gantry;
use crate::http::{self, Limits, Listener, Proxies};
use crate::metrics::Metrics;
use crate::{assembly, commands, health, log, memory, shutdown};
use axum::Router;
use gantry_model::product::{PRODUCT, PRODUCT_VERSION};
use gantry_rest::Bounds;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::watch;
use tokio::task::JoinHandle;

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
    let bounds = bounds(config);
    let overrides = assembly::overrides(config)?;
    let opened = Gantry::open(assembly::options(config, &folder.data, overrides.clone()), bounds).await;
    let gantry = opened.map_err(|error| assembly::problem(&error))?;
    assembly::fixed_in_vain(gantry.chat(), &overrides).iter().for_each(|sentence| tracing::warn!("{sentence}"));
    let listener = listen(config)?;
    let told = first(&gantry, config).await?;
    let commands = commands(&gantry, &folder, &stop)?;
    tokio::spawn(observe(gantry.clone()));
    tokio::spawn(memory::keep_small());
    tokio::spawn(goodbye(gantry.clone(), stop.clone()));
    announce(&listener, &folder, told.as_deref());
    http::serve(listener, site(config, &gantry, metrics, &stop), limits(config), stop).await;
    gantry.close().await;
    // A command that was under way has been answered; one that panicked has been logged.
    let _ = commands.await;
    Ok(())
}

/// The administrator, or how to become one; for a demonstration its accounts. What to print.
async fn first(gantry: &Gantry, config: &Config) -> Result<Option<String>, Problem> {
    match config.seed.value {
        Some(Seed::Demo) if config.ephemeral.value => assembly::demonstration(gantry.chat()).await.map(Some),
        _ => assembly::first_administrator(gantry.chat(), config).await,
    }
}

/// Answers commands beside this server.
fn commands(gantry: &Gantry, folder: &Folder, stop: &watch::Receiver<bool>) -> Result<JoinHandle<()>, Problem> {
    let socket = ControlSocket::bind(folder.data.path());
    let socket = socket.map_err(|error| broken("cannot make the socket for commands", &error))?;
    let chat = gantry.chat().clone();
    let stop = stop.clone();
    Ok(tokio::spawn(socket.serve(move |request: commands::Request| commands::execute(chat.clone(), request), stop)))
}

/// The drain waits for sockets, so they are told first that the server goes.
async fn goodbye(gantry: Gantry, mut stop: watch::Receiver<bool>) {
    if stop.wait_for(|stop| *stop).await.is_ok() {
        gantry.realtime().close();
    }
}

/// Tells the metrics what the store and the caches count, and how much memory there is in use.
async fn observe(gantry: Gantry) {
    let mut clock = tokio::time::interval(Duration::from_secs(1));
    loop {
        clock.tick().await;
        let store = gantry.chat().store().observed();
        metrics::counter!("gantry_store_commits_total").absolute(store.commits);
        metrics::counter!("gantry_store_writes_total").absolute(store.writes);
        metrics::gauge!("gantry_store_write_queue").set(f64::from(u32::try_from(store.waiting).unwrap_or(u32::MAX)));
        let cache = gantry.chat().state().cache_counts();
        metrics::counter!("gantry_cache_hits_total", "cache" => "accounts").absolute(cache.hits);
        metrics::counter!("gantry_cache_misses_total", "cache" => "accounts").absolute(cache.misses);
        if let Some(bytes) = crate::metrics::memory::resident() {
            metrics::gauge!("process_resident_memory_bytes").set(bytes);
        }
    }
}

fn site(config: &Config, gantry: &Gantry, metrics: Metrics, stop: &watch::Receiver<bool>) -> Router {
    Router::new()
        .merge(gantry.routes())
        .merge(health::routes(vec![not_stopping(stop.clone()), store_answers(gantry)]))
        .merge(crate::metrics::page::route(metrics, config.metrics.value))
}

/// Without the store no request can be answered.
fn store_answers(gantry: &Gantry) -> health::Check {
    let chat = gantry.chat().clone();
    health::Check::new("store", move || {
        let chat = chat.clone();
        async move { chat.store().read(|_| Ok(())).await.map_err(|_| "the database is out of reach".to_owned()) }
    })
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

fn bounds(config: &Config) -> Bounds {
    let max_body = usize::try_from(config.max_body.bytes()).unwrap_or(usize::MAX);
    Bounds { unlimited: config.test_mode.value || !config.rate_limiter.value, max_body }
}

fn limits(config: &Config) -> Limits {
    let (wanted, room) = (config.max_connections.value, http::raise_open_files());
    // The default is for whoever has room for it; a number somebody chose is worth a word.
    if wanted > room && config.max_connections.origin != Origin::Default {
        tracing::warn!(wanted, room, "the limit of open files leaves room for fewer connections: raise it (ulimit -n)");
    }
    Limits { connections: wanted.clamp(1, room), proxies: Proxies(config.forwarded_count.value) }
}

/// Tells where to go: on standard output, so that it is there whatever is logged.
fn announce(listener: &Listener, folder: &Folder, told: Option<&str>) {
    let port = listener.address().map_or(0, |address| address.port());
    let data = folder.data.path().display();
    let _ = writeln!(io::stdout(), "{PRODUCT} {PRODUCT_VERSION} is ready: http://localhost:{port} (data in {data})");
    if let Some(told) = told {
        let _ = writeln!(io::stdout(), "{told}");
    }
}

fn broken(what: &str, error: &io::Error) -> Problem {
    Problem::running(format!("{what}: {error}."))
}
