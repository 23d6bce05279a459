//! One request: who asks, under which id, and what is told about it afterwards.

use super::pace::paced;
use super::peer::{Peer, Proxies};
use super::request_id::{RequestId, X_REQUEST_ID};
use super::{App, Request, Response, Slot};
use crate::metrics::requests;
use axum::body::Body;
use futures_util::FutureExt;
use http::header::{CONTENT_TYPE, HeaderValue, UPGRADE, X_CONTENT_TYPE_OPTIONS, X_XSS_PROTECTION};
use http::{Method, StatusCode};
use hyper::body::Incoming;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::time::Instant;
use tracing::Instrument;

/// Name of the endpoint that answered, for metrics and logs; the application puts it into the answer's extensions.
/// It is never a path: paths hold tokens, and there is no end to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoint(pub &'static str);

/// What answered without a name.
const UNNAMED: Endpoint = Endpoint("other");

/// Answers one request; a panic in the application becomes a 500, and ends nothing else.
pub(super) fn answer<A: App>(
    mut app: A,
    incoming: http::Request<Incoming>,
    addr: SocketAddr,
    proxies: Proxies,
    slot: &Slot,
) -> impl Future<Output = Result<Response, Infallible>> + Send + use<A> {
    let begin = Instant::now();
    let (id, request) = arrive(incoming, addr, proxies, slot);
    let method = request.method().clone();
    let span = tracing::info_span!("request", id = id.as_str());
    async move {
        let mut response = match AssertUnwindSafe(app.call(request)).catch_unwind().await {
            Ok(Ok(response)) => response,
            Err(_) => broken(),
        };
        depart(&mut response, id);
        record(&method, &response, begin);
        Ok(response)
    }
    .instrument(span)
}

fn arrive(incoming: http::Request<Incoming>, addr: SocketAddr, proxies: Proxies, slot: &Slot) -> (RequestId, Request) {
    let mut request = incoming.map(paced);
    let id = RequestId::of(request.headers());
    let peer = Peer::of(addr, request.headers(), proxies);
    let stays = request.headers().contains_key(UPGRADE) || request.uri().path().starts_with("/sockjs");
    let extensions = request.extensions_mut();
    extensions.insert(peer);
    extensions.insert(id.clone());
    if stays {
        extensions.insert(slot.clone());
    }
    (id, request)
}

/// The headers that every answer has.
fn depart(response: &mut Response, id: RequestId) {
    let headers = response.headers_mut();
    headers.insert(X_REQUEST_ID, id.into_header());
    headers.entry(X_CONTENT_TYPE_OPTIONS).or_insert(HeaderValue::from_static("nosniff"));
    headers.entry(X_XSS_PROTECTION).or_insert(HeaderValue::from_static("1"));
}

fn record(method: &Method, response: &Response, begin: Instant) {
    let Endpoint(endpoint) = response.extensions().get().copied().unwrap_or(UNNAMED);
    let (status, took) = (response.status().as_u16(), begin.elapsed());
    requests::record(endpoint, status, took);
    tracing::debug!(%method, endpoint, status, micros = took.as_micros(), "answered");
}

/// What a panic leaves to say; its cause is in the log already.
fn broken() -> Response {
    let mut response = Response::new(Body::from("{\"success\":false,\"error\":\"Internal server error\"}"));
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
