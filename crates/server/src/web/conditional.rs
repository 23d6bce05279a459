//! Bodies that are known beforehand, and clients that have them already.

use crate::http::{Endpoint, Response};
use aws_lc_rs::digest::{SHA256, digest};
use axum::body::Body;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH};
use http::{HeaderName, StatusCode};
use std::sync::OnceLock;

/// Kept, but asked for again before each use.
pub(super) const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// A body with the tag that it alone has.
#[derive(Clone, Debug)]
pub(super) struct Known {
    bytes: Bytes,
    /// Made when it is first asked for: to hash every file at the start would read all of them into memory, for nobody.
    tag: OnceLock<HeaderValue>,
}

impl Known {
    pub(super) fn new(bytes: impl Into<Bytes>) -> Self {
        Self { bytes: bytes.into(), tag: OnceLock::new() }
    }

    /// Its tag, made of its bytes: two forms of one file have two.
    fn tag(&self) -> &HeaderValue {
        self.tag.get_or_init(|| {
            let hash = URL_SAFE_NO_PAD.encode(&digest(&SHA256, &self.bytes).as_ref()[..15]);
            HeaderValue::from_str(&format!("\"{hash}\"")).unwrap_or(HeaderValue::from_static("\"\""))
        })
    }

    /// The answer to a request with these headers: 304 where the client names the tag.
    pub(super) fn answer(
        &self,
        request: &HeaderMap,
        endpoint: &'static str,
        headers: impl IntoIterator<Item = (HeaderName, HeaderValue)>,
    ) -> Response {
        let mut response = Response::default();
        response.extensions_mut().insert(Endpoint(endpoint));
        response.headers_mut().extend(headers);
        response.headers_mut().insert(ETAG, self.tag().clone());
        if self.is_held(request) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            response.headers_mut().remove(CONTENT_TYPE);
        } else {
            *response.body_mut() = Body::from(self.bytes.clone());
        }
        response
    }

    fn is_held(&self, request: &HeaderMap) -> bool {
        let lists = request.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        let mut tags = lists.flat_map(|list| list.split(',')).map(str::trim);
        tags.any(|tag| tag == "*" || tag.trim_start_matches("W/").as_bytes() == self.tag().as_bytes())
    }
}

/// What a small file that never depends on who asks is sent with.
pub(super) fn plain(media: &'static str) -> [(HeaderName, HeaderValue); 2] {
    [(CONTENT_TYPE, HeaderValue::from_static(media)), (CACHE_CONTROL, ASK_AGAIN)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(held: Option<&str>) -> u16 {
        let held = held.map(|tags| (IF_NONE_MATCH, HeaderValue::from_str(tags).unwrap()));
        let answer = Known::new("abc").answer(&HeaderMap::from_iter(held), "file", plain("text/plain"));
        answer.status().as_u16()
    }

    #[test]
    fn who_has_it_is_told_so() {
        let own = Known::new("abc").tag().to_str().unwrap().to_owned();
        assert_eq!((status(None), status(Some("\"other\"")), status(Some("abc"))), (200, 200, 200));
        for tags in [own.as_str(), &format!("W/{own}"), &format!("\"a\", {own}"), "*"] {
            assert_eq!(status(Some(tags)), 304, "{tags}");
        }
        assert_ne!(Known::new("abd").tag(), Known::new("abc").tag());
    }
}
