//! Which foreign pages may call.

use axum::body::Body;
use gantry_chat::Chat;
use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, HeaderMap, HeaderName, HeaderValue, ORIGIN, VARY};
use http::{Response, StatusCode};

const METHODS: &str = "GET, POST, PUT, DELETE, HEAD, PATCH";
const HEADERS: &str = "Origin, X-Requested-With, Content-Type, Accept, X-User-Id, X-Auth-Token, x-visitor-token, \
                       Authorization, x-2fa-code, x-2fa-method";

/// Answers `OPTIONS`.
pub(crate) fn preflight(chat: &Chat, request: &HeaderMap) -> Response<Body> {
    if !request.contains_key(ORIGIN) && !request.contains_key("access-control-request-method") {
        return Response::new(Body::from("OK"));
    }
    if chat.settings().hot().api.cors_origins.is_empty() {
        let text = "CORS not enabled. Go to \"Admin > General > REST Api\" to enable it.";
        let mut refused = Response::new(Body::from(text));
        *refused.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
        return refused;
    }
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    if allow(chat, request, headers) {
        headers.insert(HeaderName::from_static("access-control-allow-methods"), HeaderValue::from_static(METHODS));
        headers.insert(HeaderName::from_static("access-control-allow-headers"), HeaderValue::from_static(HEADERS));
    }
    response
}

/// Adds the header that lets the asking page read an answer; whether it may.
pub(crate) fn allow(chat: &Chat, request: &HeaderMap, response: &mut HeaderMap) -> bool {
    let settings = chat.settings();
    let origins = &settings.hot().api.cors_origins;
    if origins.iter().any(|origin| origin == "*") {
        response.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        return true;
    }
    match request.get(ORIGIN) {
        Some(origin) if origins.iter().any(|known| known.as_bytes() == origin.as_bytes()) => {
            response.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
            response.insert(VARY, HeaderValue::from_static("Origin"));
            true
        }
        _ => false,
    }
}
