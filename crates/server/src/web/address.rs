//! Which addresses are the client's own pages.

use http::HeaderMap;
use http::header::ACCEPT;

/// First parts of addresses that the server answers itself, or that clients know to be files or calls of features which are
/// not built: a page would mislead them.
const RESERVED: &[&str] = &[
    ".well-known",
    "_blaze",
    "_oauth",
    "_saml",
    "_timesync",
    "api",
    "assets",
    "avatar",
    "custom-sounds",
    "data-export",
    "emoji-custom",
    "file-decrypt",
    "file-upload",
    "health",
    "hooks",
    "images",
    "livechat",
    "livez",
    "metrics",
    "packages",
    "readyz",
    "sockjs",
    "ufs",
    "websocket",
];

/// First parts of pages whose addresses go on with names, in which a dot means nothing.
const NAMED: &[&str] = &["account", "admin", "channel", "direct", "directory", "group", "invite"];

/// Whether a request for this path, with these headers, is one for a page.
pub(super) fn is_page(path: &str, headers: &HeaderMap) -> bool {
    let path = path.trim_start_matches('/');
    let first = path.split('/').next().unwrap_or_default();
    let is_file = path.rsplit('/').next().is_some_and(|last| last.contains('.'));
    !RESERVED.contains(&first) && takes_html(headers) && (NAMED.contains(&first) || !is_file)
}

/// Whether the client takes HTML; one that says nothing takes anything.
fn takes_html(headers: &HeaderMap) -> bool {
    let mut asked = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok()).peekable();
    asked.peek().is_none() || asked.flat_map(|list| list.split(',')).any(is_html)
}

fn is_html(range: &str) -> bool {
    let mut parts = range.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
    let refused = parts.any(|parameter| parameter.strip_prefix("q=").is_some_and(|q| q.parse::<f64>() == Ok(0.0)));
    !refused && ["text/html", "application/xhtml+xml", "text/*", "*/*"].contains(&kind.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn page(path: &str, accept: &'static str) -> bool {
        let headers = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static(accept))]);
        is_page(path, &headers)
    }

    #[test]
    fn the_clients_pages() {
        for path in
            ["/", "/home", "/channel/general", "/channel/v1.2", "/direct/abc", "/admin/settings/a.b", "/nowhere"]
        {
            assert!(page(path, "text/html,application/xml;q=0.9") && is_page(path, &HeaderMap::new()), "{path}");
        }
    }

    #[test]
    fn what_is_no_page() {
        for path in ["/api", "/api/v2/x", "/assets/gone.js", "/avatar/", "/file-upload/1/x", "/robots.txt", "/a/b.js"] {
            assert!(!page(path, "*/*"), "{path}");
        }
    }

    #[test]
    fn a_client_that_takes_no_html_gets_none() {
        assert!(page("/home", "image/png, text/*;q=0.5") && page("/home", "*/*"));
        assert!(!page("/home", "application/json") && !page("/home", "image/*, text/html;q=0"));
    }
}
