//! `GET /` of a program that was built without the web client: a plain page that says that the server runs.
//!
//! The desktop app opens this page and asks it for the version to expect (`shim.js`).

use crate::escape;
use crate::http::{Endpoint, Response};
use aws_lc_rs::digest::{SHA256, digest};
use axum::body::Body;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, REFERRER_POLICY};
use std::fmt::Write;

const PAGE: &str = include_str!("status_page/page.html");
const STYLE: &str = include_str!("status_page/style.css");
const SCRIPT: &str = include_str!("status_page/shim.js");

/// The page, made once.
pub(crate) struct StatusPage {
    html: Bytes,
    policy: HeaderValue,
}

impl StatusPage {
    /// `speaks` is the Rocket.Chat version that clients are told, `version` our own.
    pub(crate) fn new(speaks: &str, version: &str) -> Self {
        let script = SCRIPT.replace("{speaks}", &quoted(speaks));
        let html = PAGE
            .replace("{style}", STYLE)
            .replace("{script}", &script)
            .replace("{speaks}", &escape::markup(speaks))
            .replace("{version}", &escape::markup(version));
        // The policy is plain text whatever the versions are: hashes stand in it.
        let policy = HeaderValue::from_str(&policy(&script)).unwrap_or(HeaderValue::from_static("default-src 'none'"));
        Self { html: html.into(), policy }
    }

    /// The answer to whoever asks for it.
    pub(crate) fn answer(&self) -> Response {
        let mut response = Response::new(Body::from(self.html.clone()));
        response.extensions_mut().insert(Endpoint("status-page"));
        response.headers_mut().extend([
            (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
            (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
            (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
            (CONTENT_SECURITY_POLICY, self.policy.clone()),
        ]);
        response
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_nothing_that_could_close_the_script() {
        assert_eq!(quoted("8.5.0-rc.1"), "\"8.5.0-rc.1\"");
        assert_eq!(quoted("</script>\"😀"), "\"\\u003c\\u002fscript\\u003e\\u0022\\ud83d\\ude00\"");
    }
}
