//! Answers to requests, with the headers that SockJS prescribes.

use super::Stream;
use bytes::Bytes;
use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS, ALLOW, CACHE_CONTROL,
    CONTENT_TYPE, ORIGIN, VARY,
};
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use http_body_util::{Either, Full};

/// What answers: a text, or what a session says.
pub type Body = Either<Full<Bytes>, Stream>;

const PLAIN_TEXT: &str = "text/plain; charset=UTF-8";
const NEVER_CACHED: HeaderValue =
    HeaderValue::from_static("no-store, no-cache, no-transform, must-revalidate, max-age=0");
const YEAR: HeaderValue = HeaderValue::from_static("31536000");

/// Cached for a year.
pub(super) const CACHED: HeaderValue = HeaderValue::from_static("public, max-age=31536000");

/// A text of this type.
pub(super) fn text(status: StatusCode, content_type: &'static str, text: impl Into<Bytes>) -> Response<Body> {
    let mut response = Response::new(Either::Left(Full::new(text.into())));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(CACHE_CONTROL, NEVER_CACHED);
    response
}

/// A sentence.
pub(super) fn plain(status: StatusCode, sentence: &'static str) -> Response<Body> {
    text(status, PLAIN_TEXT, sentence)
}

/// What was brought is accepted.
pub(super) fn accepted() -> Response<Body> {
    plain(StatusCode::NO_CONTENT, "")
}

/// What a session says, as it says it.
pub(super) fn stream(content_type: &'static str, stream: Stream) -> Response<Body> {
    let mut response = text(StatusCode::OK, content_type, "");
    // Some proxies keep an answer until it is complete, if they are not asked otherwise.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response.map(|_| Either::Right(stream))
}

/// Not with this method; `methods` are those that may be.
pub(super) fn no_such_method(methods: &'static str) -> Response<Body> {
    let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed");
    response.headers_mut().insert(ALLOW, HeaderValue::from_static(methods));
    response
}

/// The answer to a browser that asks whether a page of another origin may use `methods`.
pub(super) fn preflight(methods: &'static str) -> Response<Body> {
    let mut response = accepted();
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, CACHED);
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(methods));
    headers.insert(ACCESS_CONTROL_MAX_AGE, YEAR);
    response
}

/// Lets pages of every origin read the answer, as they may open a socket. Nothing is granted by that: who logs in on a
/// session sends a token, and no cookie is looked at. Clients send them all the same, which browsers want allowed.
pub(super) fn open_to_all(request: &HeaderMap, response: &mut Response<Body>) {
    let headers = response.headers_mut();
    headers.insert(VARY, HeaderValue::from_static("Origin"));
    match request.get(ORIGIN) {
        Some(origin) => {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
            headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        }
        None => drop(headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"))),
    }
    if let Some(wanted) = request.get(ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, wanted.clone());
    }
}
