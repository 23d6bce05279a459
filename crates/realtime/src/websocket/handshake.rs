//! From an HTTP request to a socket.

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{CONNECTION, HeaderName, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, UPGRADE};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use hyper_util::server::conn::auto::upgrade;
use tokio::net::TcpStream;

const GUID: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// Why a request cannot become a WebSocket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not a `GET`.
    Method,
    /// It does not ask for a WebSocket.
    NotAnUpgrade,
    /// A version other than 13, the only one there is.
    Version,
    /// No `Sec-WebSocket-Key` of sixteen bytes.
    Key,
}

impl Refusal {
    /// The answer that says so; its body is a sentence.
    pub fn response(self) -> Response<&'static str> {
        let (status, text) = match self {
            Self::Method => (StatusCode::METHOD_NOT_ALLOWED, "A WebSocket begins with GET"),
            Self::NotAnUpgrade => (StatusCode::UPGRADE_REQUIRED, "This is a WebSocket endpoint"),
            Self::Version => (StatusCode::UPGRADE_REQUIRED, "Only WebSocket version 13 is spoken here"),
            Self::Key => (StatusCode::BAD_REQUEST, "Sec-WebSocket-Key is missing or malformed"),
        };
        let mut response = Response::new(text);
        *response.status_mut() = status;
        match self {
            Self::Method => drop(response.headers_mut().insert(http::header::ALLOW, HeaderValue::from_static("GET"))),
            Self::NotAnUpgrade | Self::Version => announce(response.headers_mut()),
            Self::Key => {}
        }
        response
    }
}

/// The answer that turns the connection into a WebSocket, or why not.
pub fn accept(method: &Method, headers: &HeaderMap) -> Result<Response<()>, Refusal> {
    if method != Method::GET {
        return Err(Refusal::Method);
    }
    if !has_token(headers, CONNECTION, "upgrade") || !has_token(headers, UPGRADE, "websocket") {
        return Err(Refusal::NotAnUpgrade);
    }
    if !has_token(headers, SEC_WEBSOCKET_VERSION, "13") {
        return Err(Refusal::Version);
    }
    let accept = accept_value(headers).ok_or(Refusal::Key)?;
    Ok(switching(accept))
}

fn switching(accept: HeaderValue) -> Response<()> {
    let mut response = Response::new(());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.insert(CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(SEC_WEBSOCKET_ACCEPT, accept);
    response
}

fn announce(headers: &mut HeaderMap) {
    headers.insert(CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"));
}

/// Whether a header that is a list, perhaps over several lines, holds `token`.
fn has_token(headers: &HeaderMap, name: HeaderName, token: &str) -> bool {
    let lines = headers.get_all(name);
    let mut tokens = lines.iter().filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(','));
    tokens.any(|one| one.trim().eq_ignore_ascii_case(token))
}

/// `Sec-WebSocket-Accept` for the key of `headers`.
fn accept_value(headers: &HeaderMap) -> Option<HeaderValue> {
    let key = headers.get(SEC_WEBSOCKET_KEY)?.to_str().ok()?.trim();
    if STANDARD.decode(key).ok()?.len() != 16 {
        return None;
    }
    let hash = digest(&SHA1_FOR_LEGACY_USE_ONLY, [key, GUID].concat().as_bytes());
    HeaderValue::try_from(STANDARD.encode(hash)).ok()
}

/// Gives the socket of an upgraded plain connection, and what was already read from it.
///
/// hyper's own buffers are gone after this. Gives back what is not a plain TCP connection.
pub fn upgraded(upgraded: Upgraded) -> Result<(TcpStream, Bytes), Upgraded> {
    match upgrade::downcast::<TokioIo<TcpStream>>(upgraded) {
        Ok(parts) => Ok((parts.io.into_inner(), parts.read_buf)),
        Err(bare) => bare.downcast::<TokioIo<TcpStream>>().map(|parts| (parts.io.into_inner(), parts.read_buf)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The request of RFC 6455 §1.2.
    fn headers() -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(CONNECTION, HeaderValue::from_static("keep-alive, Upgrade"));
        headers.insert(UPGRADE, HeaderValue::from_static("WebSocket"));
        headers.insert(SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"));
        headers.insert(SEC_WEBSOCKET_KEY, HeaderValue::from_static("dGhlIHNhbXBsZSBub25jZQ=="));
        headers
    }

    fn with(name: HeaderName, value: Option<&'static str>) -> Result<Response<()>, Refusal> {
        let mut headers = headers();
        headers.remove(&name);
        if let Some(value) = value {
            headers.insert(name, HeaderValue::from_static(value));
        }
        accept(&Method::GET, &headers)
    }

    #[test]
    fn answers_the_example_of_the_standard() {
        let response = accept(&Method::GET, &headers()).unwrap();
        assert_eq!(response.status(), StatusCode::SWITCHING_PROTOCOLS);
        assert_eq!(response.headers()[SEC_WEBSOCKET_ACCEPT], "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assert!(!response.headers().contains_key(http::header::SEC_WEBSOCKET_EXTENSIONS));
    }

    #[test]
    fn refuses_what_is_none() {
        assert_eq!(accept(&Method::POST, &headers()).unwrap_err(), Refusal::Method);
        assert_eq!(with(CONNECTION, Some("close")).unwrap_err(), Refusal::NotAnUpgrade);
        assert_eq!(with(UPGRADE, Some("h2c")).unwrap_err(), Refusal::NotAnUpgrade);
        assert_eq!(with(SEC_WEBSOCKET_VERSION, Some("8")).unwrap_err(), Refusal::Version);
        assert_eq!(with(SEC_WEBSOCKET_VERSION, None).unwrap_err(), Refusal::Version);
        assert_eq!(with(SEC_WEBSOCKET_KEY, None).unwrap_err(), Refusal::Key);
        assert_eq!(with(SEC_WEBSOCKET_KEY, Some("c2hvcnQ=")).unwrap_err(), Refusal::Key);
        assert_eq!(with(SEC_WEBSOCKET_KEY, Some("***")).unwrap_err(), Refusal::Key);
    }

    #[test]
    fn a_refusal_says_which_version_it_wants() {
        let response = Refusal::Version.response();
        assert_eq!(response.status(), StatusCode::UPGRADE_REQUIRED);
        assert_eq!(response.headers()[SEC_WEBSOCKET_VERSION], "13");
        assert_eq!(Refusal::Method.response().headers()[http::header::ALLOW], "GET");
    }
}
