//! What a log line looks like.

use gantry_server::config::{LogFilter, LogFormat, Value};
use gantry_server::log::subscriber;
use std::io;
use std::sync::{Arc, Mutex};

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What `act` logs within a request.
fn logged(filter: &str, format: LogFormat, act: impl FnOnce()) -> String {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = subscriber(&LogFilter::read(filter).unwrap(), format, false, move || writer.clone());
    tracing::subscriber::with_default(subscriber, || tracing::info_span!("request", id = "abc").in_scope(act));
    let bytes = lines.0.lock().unwrap().clone();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_json_line_carries_the_request_id() {
    let line = logged("info", LogFormat::Json, || tracing::warn!(room = "r1", "slow"));
    let line: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!((&line["level"], &line["message"], &line["room"]), (&"WARN".into(), &"slow".into(), &"r1".into()));
    assert_eq!(line["span"]["id"], "abc");
}

#[test]
fn a_text_line_is_one_line_with_the_request_id_and_no_colours() {
    let line = logged("info", LogFormat::Text, || tracing::warn!("slow\nand \u{1b}[31mred"));
    assert_eq!(line.trim_end().lines().count(), 1, "{line}");
    assert!(line.contains("WARN") && line.contains("id=\"abc\"") && !line.contains('\u{1b}'), "{line}");
}

#[test]
fn the_filter_decides() {
    let say = || tracing::info!("hello");
    assert_eq!(logged("warn", LogFormat::Text, say), "");
    assert!(logged("warn,it::log=info", LogFormat::Text, say).contains("hello"));
}
