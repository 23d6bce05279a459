//! Requests by endpoint and status, counted without a look-up in the registry: each thread remembers the counters it
//! has used.

use metrics::{Counter, Histogram, counter, histogram};
use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

#[derive(Default)]
struct Known {
    counters: HashMap<(&'static str, u16), Counter>,
    times: HashMap<&'static str, Histogram>,
}

thread_local! {
    static KNOWN: RefCell<Known> = RefCell::default();
}

/// Counts one answer of `endpoint`.
pub fn record(endpoint: &'static str, status: u16, took: Duration) {
    KNOWN.with_borrow_mut(|known| {
        known.counters.entry((endpoint, status)).or_insert_with(|| answered(endpoint, status)).increment(1);
        known.times.entry(endpoint).or_insert_with(|| time_of(endpoint)).record(took.as_secs_f64());
    });
}

fn answered(endpoint: &'static str, status: u16) -> Counter {
    counter!("gantry_http_requests_total", "endpoint" => endpoint, "status" => status.to_string())
}

fn time_of(endpoint: &'static str) -> Histogram {
    histogram!("gantry_http_request_seconds", "endpoint" => endpoint)
}
