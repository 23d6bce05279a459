//! `GET /metrics`.

use super::Metrics;
use crate::config::MetricsAccess;
use crate::http::{Endpoint, Peer};
use axum::routing::get;
use axum::{Extension, Router};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, StatusCode};

type Page = (StatusCode, [(HeaderName, &'static str); 1], Extension<Endpoint>, String);

/// The route `/metrics`, for those whom `access` lets in. To others it is not there.
pub fn route(metrics: Metrics, access: MetricsAccess) -> Router {
    let page = move |Extension(peer): Extension<Peer>, headers: HeaderMap| async move {
        if may_read(access, peer, &headers) { shown(&metrics) } else { absent() }
    };
    Router::new().route("/metrics", get(page))
}

fn may_read(access: MetricsAccess, peer: Peer, headers: &HeaderMap) -> bool {
    match access {
        MetricsAccess::All => true,
        MetricsAccess::Local => peer.is_local(headers),
        MetricsAccess::Off => false,
    }
}

fn shown(metrics: &Metrics) -> Page {
    page(StatusCode::OK, "text/plain; version=0.0.4; charset=utf-8", metrics.render())
}

fn absent() -> Page {
    page(StatusCode::NOT_FOUND, "text/plain", "Not found".into())
}

fn page(status: StatusCode, kind: &'static str, text: String) -> Page {
    (status, [(CONTENT_TYPE, kind)], Extension(Endpoint("metrics")), text)
}
