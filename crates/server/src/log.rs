//! Logs: one line per event on standard error, as text for people or as JSON for machines.
//!
//! What may stand in a log: ids, counts, names of endpoints, causes. Never: passwords, tokens, headers, bodies, query
//! strings, or paths (some hold tokens). Types that carry secrets print stars.

mod one_line;

use crate::config::{LogFilter, LogFormat};
use one_line::OneLine;
use std::io::{self, IsTerminal};
use std::panic::PanicHookInfo;
use tracing::Subscriber;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// Sends every event that `filter` lets pass to standard error, and panics too. Once per process; a second call changes
/// nothing.
pub fn install(filter: &LogFilter, format: LogFormat) {
    let colours = io::stderr().is_terminal();
    let _ = tracing::subscriber::set_global_default(subscriber(filter, format, colours, io::stderr));
    std::panic::set_hook(Box::new(report));
}

/// A subscriber that writes to `writer`.
pub fn subscriber<W>(
    filter: &LogFilter,
    format: LogFormat,
    colours: bool,
    writer: W,
) -> Box<dyn Subscriber + Send + Sync>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = EnvFilter::new(filter.as_str());
    let lines = tracing_subscriber::fmt().with_env_filter(filter);
    match format {
        LogFormat::Text => Box::new(lines.with_writer(OneLine(writer)).with_ansi(colours).finish()),
        LogFormat::Json => {
            Box::new(lines.with_writer(writer).json().flatten_event(true).with_span_list(false).finish())
        }
    }
}

/// A panic is a mistake of ours: where it happened belongs beside the request it happened in.
fn report(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let payload = panic.payload();
    let what = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref().map(String::as_str));
    tracing::error!(place, what = what.unwrap_or("unknown"), "panic; please report it");
}
