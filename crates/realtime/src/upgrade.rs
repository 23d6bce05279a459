//! From a request to a connection.

use crate::frame::WireForm;
use crate::realtime::Realtime;
use crate::websocket::handshake;
use gantry_chat::Origin;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Request, Response, StatusCode};
use std::sync::Arc;

/// Where plain sockets are opened.
const PLAIN: [&str; 2] = ["/websocket", "/sockjs/websocket"];

/// What SockJS clients ask before they connect.
const INFO: &str = "/sockjs/info";

/// How sockets that are opened at this path speak; nothing for a path where none is.
fn form_of(path: &str) -> Option<WireForm> {
    let path = path.trim_end_matches('/');
    if PLAIN.contains(&path) {
        return Some(WireForm::Raw);
    }
    let mut parts = path.strip_prefix("/sockjs/")?.split('/');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(server), Some(session), Some("websocket"), None) if !server.is_empty() && !session.is_empty() => {
            Some(WireForm::SockJs)
        }
        _ => None,
    }
}

impl Realtime {
    /// Answers a request below `/websocket` or `/sockjs`; nothing for a path that is neither.
    ///
    /// A request for a socket is answered with the upgrade, and the socket served from then on; `place` is kept as long
    /// as it is open. The connection must be a plain TCP connection of hyper's, served with upgrades.
    pub fn answer<B>(
        self: &Arc<Self>,
        request: &mut Request<B>,
        origin: Arc<Origin>,
        place: impl Send + 'static,
    ) -> Option<Response<String>> {
        if request.uri().path() == INFO {
            return Some(info());
        }
        let form = form_of(request.uri().path())?;
        let response = match handshake::accept(request.method(), request.headers()) {
            Ok(response) => response.map(|()| String::new()),
            Err(refusal) => return Some(refusal.response().map(str::to_owned)),
        };
        let upgrade = hyper::upgrade::on(request);
        let server = self.clone();
        tokio::spawn(async move {
            match upgrade.await.map(handshake::upgraded) {
                // A task of its own: this one's frame is that of the upgrade, too, for as long as it lives.
                Ok(Ok((stream, unread))) => {
                    tokio::spawn(async move {
                        server.serve(stream, unread, form, origin).await;
                        drop(place);
                    });
                }
                Ok(Err(_)) => tracing::error!("a socket was upgraded that is no plain TCP connection"),
                Err(error) => tracing::debug!(%error, "an upgrade did not happen"),
            }
        });
        Some(response)
    }
}

/// SockJS's page about itself: only WebSockets are offered. The entropy is for clients without a generator of their own.
fn info() -> Response<String> {
    let entropy: u32 = rand::random();
    let text = format!(r#"{{"websocket":true,"origins":["*:*"],"cookie_needed":false,"entropy":{entropy},"ms":true}}"#);
    let mut response = Response::new(text);
    *response.status_mut() = StatusCode::OK;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=UTF-8"));
    headers.insert("cache-control", HeaderValue::from_static("no-store"));
    headers.insert("access-control-allow-origin", HeaderValue::from_static("*"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        for (path, form) in [
            ("/websocket", Some(WireForm::Raw)),
            ("/websocket/", Some(WireForm::Raw)),
            ("/sockjs/websocket", Some(WireForm::Raw)),
            ("/sockjs/123/abcdefgh/websocket", Some(WireForm::SockJs)),
            ("/sockjs/007/pidgin42/websocket", Some(WireForm::SockJs)),
            ("/sockjs/123/abcdefgh/xhr", None),
            ("/sockjs//x/websocket", None),
            ("/sockjs/1/2/3/websocket", None),
            ("/sockjs", None),
            ("/api/info", None),
        ] {
            assert_eq!(form_of(path), form, "{path}");
        }
    }

    #[test]
    fn sockjs_is_told_what_there_is() {
        let response = info();
        let page: serde_json::Value = serde_json::from_str(response.body()).unwrap();
        assert!(page["websocket"] == true && page["entropy"].is_u64());
        assert_eq!(response.headers()["access-control-allow-origin"], "*");
    }
}
