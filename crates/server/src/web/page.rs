//! The client's one page.

use super::conditional::{ASK_AGAIN, Known};
use super::policy;
use crate::escape;
use crate::http::Response;
use gantry_chat::Chat;
use http::HeaderMap;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST, HeaderValue};

/// Where the client's page is among its files.
pub(super) const PATH: &str = "/index.html";

/// The page with this server's own values in it.
pub(super) struct Page(Known);

impl Page {
    /// `speaks` is the Rocket.Chat version that clients are told, `version` our own.
    pub(super) fn new(html: &[u8], version: &str, speaks: &str) -> Self {
        Self(Known::new(filled(&String::from_utf8_lossy(html), version, speaks)))
    }

    /// The page under the policy of now, also where the client has the page already.
    pub(super) fn answer(&self, chat: &Chat, request: &HeaderMap) -> Response {
        let host = request.get(HOST).and_then(|host| host.to_str().ok());
        let headers =
            [(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")), (CACHE_CONTROL, ASK_AGAIN)];
        let mut response = self.0.answer(request, "page", headers);
        response.headers_mut().extend(policy::headers(&chat.settings(), host));
        response
    }
}

fn filled(html: &str, version: &str, speaks: &str) -> String {
    html.replace("{version}", &escape::markup(version)).replace("{speaks}", &escape::markup(speaks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_filled_in_ends_an_attribute() {
        let html = filled("<meta content=\"{version}\"><meta content=\"{speaks}\">", "1\">", "8.5.0");
        assert_eq!(html, "<meta content=\"1&quot;&gt;\"><meta content=\"8.5.0\">");
    }
}
