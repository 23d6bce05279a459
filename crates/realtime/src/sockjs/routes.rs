//! What a path below `/websocket` and `/sockjs` asks for.

use crate::frame::WireForm;

/// Where plain sockets are opened.
const PLAIN: [&str; 2] = ["/websocket", "/sockjs/websocket"];

/// The longest name of a session that is remembered.
const NAME_BYTES: usize = 128;

/// See the head of this file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Route<'a> {
    /// A WebSocket whose messages stand so on the wire.
    Socket(WireForm),
    /// The page by which people see that SockJS is there.
    Greeting,
    /// What clients ask before they connect.
    Info,
    /// The page that carries a session for another origin.
    Iframe,
    /// Something of the session of this name.
    Session(&'a str, Act),
}

/// What a request does with its session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    Xhr,
    XhrStreaming,
    XhrSend,
    EventSource,
    Jsonp,
    JsonpSend,
}

impl Act {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "xhr" => Self::Xhr,
            "xhr_streaming" => Self::XhrStreaming,
            "xhr_send" => Self::XhrSend,
            "eventsource" => Self::EventSource,
            "jsonp" => Self::Jsonp,
            "jsonp_send" => Self::JsonpSend,
            _ => return None,
        })
    }
}

impl<'a> Route<'a> {
    /// Reads a path; `None` where nothing is.
    pub(crate) fn of(path: &'a str) -> Option<Self> {
        let path = path.trim_end_matches('/');
        if PLAIN.contains(&path) {
            return Some(Self::Socket(WireForm::Raw));
        }
        match path.strip_prefix("/sockjs")? {
            "" => Some(Self::Greeting),
            "/info" => Some(Self::Info),
            below => Self::page(below).or_else(|| Self::of_session(below)),
        }
    }

    /// `/iframe.html`, `/iframe-1.2.3.html`: clients put their version there, so that caches tell them apart.
    fn page(below: &str) -> Option<Self> {
        let version = below.strip_prefix("/iframe")?.strip_suffix(".html")?;
        let is_version = version.is_empty() || version.starts_with('-') && !version.contains('/');
        is_version.then_some(Self::Iframe)
    }

    /// `/<server>/<session>/<act>`. The first is for balancers; as clients keep to it, it is a part of the name.
    fn of_session(below: &'a str) -> Option<Self> {
        let (name, act) = below.strip_prefix('/')?.rsplit_once('/')?;
        let (server, session) = name.split_once('/')?;
        let is_part = |part: &str| !part.is_empty() && !part.contains(['/', '.']);
        if !is_part(server) || !is_part(session) || name.len() > NAME_BYTES {
            return None;
        }
        match act {
            "websocket" => Some(Self::Socket(WireForm::SockJs)),
            act => Act::parse(act).map(|act| Self::Session(name, act)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let long = format!("/sockjs/{}/abc/xhr", "1".repeat(NAME_BYTES));
        for (path, route) in [
            ("/websocket", Some(Route::Socket(WireForm::Raw))),
            ("/websocket/", Some(Route::Socket(WireForm::Raw))),
            ("/sockjs/websocket", Some(Route::Socket(WireForm::Raw))),
            ("/sockjs/123/abcdefgh/websocket", Some(Route::Socket(WireForm::SockJs))),
            ("/sockjs/007/pidgin42/websocket", Some(Route::Socket(WireForm::SockJs))),
            ("/sockjs", Some(Route::Greeting)),
            ("/sockjs/", Some(Route::Greeting)),
            ("/sockjs/info", Some(Route::Info)),
            ("/sockjs/iframe.html", Some(Route::Iframe)),
            ("/sockjs/iframe-1.6.1.html", Some(Route::Iframe)),
            ("/sockjs/iframe-/a.html", None),
            ("/sockjs/iframe.htm", None),
            ("/sockjs/IFRAME.html", None),
            ("/sockjs/123/abcdefgh/xhr", Some(Route::Session("123/abcdefgh", Act::Xhr))),
            ("/sockjs/123/abcdefgh/jsonp_send", Some(Route::Session("123/abcdefgh", Act::JsonpSend))),
            ("/sockjs/123/abcdefgh/htmlfile", None),
            ("/sockjs//x/websocket", None),
            ("/sockjs/1//xhr", None),
            ("/sockjs/1./x/xhr", None),
            ("/sockjs/1/x.y/xhr", None),
            ("/sockjs/1/2/3/websocket", None),
            ("/sockjs/1/2", None),
            ("/sockjsx", None),
            ("/api/info", None),
            (&long, None),
        ] {
            assert_eq!(Route::of(path), route, "{path}");
        }
    }
}
