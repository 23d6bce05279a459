//! `GET /`: a plain page that says that the server runs, until a web client takes its place.
//!
//! The desktop app opens this page and asks it for the version to expect (`shim.js`).

use crate::http::Endpoint;
use aws_lc_rs::digest::{SHA256, digest};
use axum::routing::get;
use axum::{Extension, Router};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};
use std::fmt::Write;

const PAGE: &str = include_str!("status_page/page.html");
const STYLE: &str = include_str!("status_page/style.css");
const SCRIPT: &str = include_str!("status_page/shim.js");

/// The route `/`. `speaks` is the Rocket.Chat version that clients are told, `version` our own.
pub fn route(speaks: &str, version: &str) -> Router {
    let script = SCRIPT.replace("{speaks}", &quoted(speaks));
    let html = PAGE
        .replace("{style}", STYLE)
        .replace("{script}", &script)
        .replace("{speaks}", &escaped(speaks))
        .replace("{version}", &escaped(version));
    let html = Bytes::from(html);
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (CACHE_CONTROL, "no-cache".to_owned()),
        (REFERRER_POLICY, "no-referrer".to_owned()),
        (CONTENT_SECURITY_POLICY, policy(&script)),
    ];
    Router::new().route("/", get(move || async move { (headers, Extension(Endpoint("status-page")), html) }))
}

/// Nothing but this very style and script, and no frame around them.
fn policy(script: &str) -> String {
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'",
        hash(STYLE),
        hash(script)
    )
}

fn hash(text: &str) -> String {
    STANDARD.encode(digest(&SHA256, text.as_bytes()))
}

/// A JavaScript string inside an HTML script element.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | '+' => quoted.push(c),
            other => other.encode_utf16(&mut [0; 2]).iter().for_each(|unit| {
                let _ = write!(quoted, "\\u{unit:04x}");
            }),
        }
    }
    quoted + "\""
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_nothing_that_could_close_the_script() {
        assert_eq!(quoted("8.5.0-rc.1"), "\"8.5.0-rc.1\"");
        assert_eq!(quoted("</script>\"😀"), "\"\\u003c\\u002fscript\\u003e\\u0022\\ud83d\\ude00\"");
        assert_eq!(escaped("<b>&\""), "&lt;b&gt;&amp;&quot;");
    }
}
