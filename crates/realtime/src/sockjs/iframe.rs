//! The page in which old browsers hide a session of another origin.
//!
//! Clients expect a page that loads their own library; this one speaks the few words that they exchange with it, so that
//! nothing of another origin runs under this one's name.

use super::answers::{self, Body, CACHED};
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, ETAG, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use std::sync::LazyLock;

const PAGE: &str = include_str!("iframe.html");

/// The page needs its own script, and requests to this server.
const POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; script-src 'unsafe-inline'; connect-src 'self'");

static TAG: LazyLock<HeaderValue> = LazyLock::new(|| {
    let hash = URL_SAFE_NO_PAD.encode(digest(&SHA256, PAGE.as_bytes()));
    HeaderValue::try_from(format!("\"{hash}\"")).unwrap_or(HeaderValue::from_static("\"iframe\""))
});

/// The page, or that the one the client has is still right.
pub(super) fn page(request: &HeaderMap) -> Response<Body> {
    let mut response = match request.get(IF_NONE_MATCH) {
        Some(known) if *known == *TAG => answers::plain(StatusCode::NOT_MODIFIED, ""),
        _ => answers::text(StatusCode::OK, "text/html; charset=UTF-8", Bytes::from_static(PAGE.as_bytes())),
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, CACHED);
    headers.insert(CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(ETAG, TAG.clone());
    response
}
