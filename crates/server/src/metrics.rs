//! Metrics for Prometheus: the names, and the page that shows them.
//!
//! Every crate counts through the `metrics` facade under the names listed here; this module is their documentation.
//! Labels are few and closed: endpoints, statuses, tables. Never a user, a room or an address.

pub mod memory;
pub mod page;
pub mod requests;

use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::time::Duration;

/// How a metric counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Only grows.
    Counter,
    /// Goes up and down.
    Gauge,
    /// A distribution of seconds.
    Seconds,
}

/// Every metric: its name, how it counts, what it tells.
pub const METRICS: &[(&str, Kind, &str)] = &[
    ("gantry_http_requests_total", Kind::Counter, "Requests answered, by endpoint and status."),
    ("gantry_http_request_seconds", Kind::Seconds, "Time from a request's header to its answer's, by endpoint."),
    ("gantry_http_connections", Kind::Gauge, "Open connections, WebSockets and sessions of SockJS included."),
    ("gantry_http_connections_refused_total", Kind::Counter, "Connections refused because too many were open."),
    ("gantry_realtime_connections", Kind::Gauge, "Open realtime connections."),
    ("gantry_realtime_refused_total", Kind::Counter, "Messages refused by a full queue, whose connection is closed."),
    ("gantry_realtime_frames_received_total", Kind::Counter, "Realtime frames received."),
    ("gantry_realtime_frames_sent_total", Kind::Counter, "Realtime frames sent."),
    ("gantry_realtime_writes_total", Kind::Counter, "Writes to WebSockets, of as many frames as waited."),
    ("gantry_realtime_methods_total", Kind::Counter, "Realtime method calls, by method and outcome."),
    ("gantry_store_commits_total", Kind::Counter, "Transactions committed."),
    ("gantry_store_writes_total", Kind::Counter, "Writes in them; divided by the commits: the size of a batch."),
    ("gantry_store_write_queue", Kind::Gauge, "Writes that wait for the writer."),
    ("gantry_cache_hits_total", Kind::Counter, "Look-ups answered from memory, by cache."),
    ("gantry_cache_misses_total", Kind::Counter, "Look-ups that had to read the database, by cache."),
    ("process_resident_memory_bytes", Kind::Gauge, "Memory in use, where the system tells."),
];

/// Upper bounds of the latency buckets, in seconds.
const SECONDS: [f64; 12] = [0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5, 10.0];

/// Distributions keep each value until somebody looks or this time is over.
const UPKEEP: Duration = Duration::from_secs(1);

/// The registry of this process.
#[derive(Clone)]
pub struct Metrics(PrometheusHandle);

impl Metrics {
    /// Makes the registry, names every metric and makes the facade count into it. Metrics live as long as the process,
    /// so this happens once.
    ///
    /// # Errors
    /// Another registry is installed already, or a bucket list is empty.
    pub fn install() -> Result<Self, String> {
        let handle = builder().and_then(PrometheusBuilder::install_recorder).map_err(|error| error.to_string())?;
        METRICS.iter().for_each(describe);
        Ok(Self(handle))
    }

    /// The page in Prometheus' text format.
    pub fn render(&self) -> String {
        self.0.render()
    }

    /// Sums up what distributions have collected, every second, for ever; without it they would grow.
    pub async fn keep_small(self) {
        let mut clock = tokio::time::interval(UPKEEP);
        loop {
            clock.tick().await;
            self.0.run_upkeep();
        }
    }
}

fn builder() -> Result<PrometheusBuilder, metrics_exporter_prometheus::BuildError> {
    PrometheusBuilder::new().set_buckets_for_metric(Matcher::Suffix("_seconds".into()), &SECONDS)
}

fn describe(&(name, kind, about): &(&'static str, Kind, &'static str)) {
    match kind {
        Kind::Counter => describe_counter!(name, about),
        Kind::Gauge => describe_gauge!(name, about),
        Kind::Seconds => describe_histogram!(name, Unit::Seconds, about),
    }
}
