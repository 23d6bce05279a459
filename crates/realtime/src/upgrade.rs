//! From a request to a connection.

use crate::frame::WireForm;
use crate::realtime::Realtime;
use crate::sockjs::{self, Body, Route};
use crate::websocket::handshake;
use bytes::Bytes;
use gantry_chat::Origin;
use http::{Request, Response};
use http_body_util::{Either, Full};
use hyper::body::Body as HttpBody;
use std::error::Error;
use std::sync::Arc;

/// A place among the connections that a server has room for; kept by whoever serves one.
pub trait Place: Send + Sized + 'static {
    /// One more, for what lives on without the connection that asked for it; `None` when all are taken.
    fn another(&self) -> Option<Self>;
}

impl Realtime {
    /// Answers a request below `/websocket` or `/sockjs`; nothing for a path where nothing is.
    ///
    /// A request for a socket is answered with the upgrade, and the socket served from then on; `place` is kept as long
    /// as it is open. The connection must be a plain TCP connection of hyper's, served with upgrades.
    pub async fn answer(
        self: &Arc<Self>,
        mut request: Request<impl HttpBody<Error: Into<Box<dyn Error + Send + Sync>>>>,
        origin: Arc<Origin>,
        place: impl Place,
    ) -> Option<Response<Body>> {
        let uri = request.uri().clone();
        match Route::of(uri.path())? {
            Route::Socket(form) => Some(self.upgrade(&mut request, form, origin, place)),
            route => {
                let (parts, body) = request.into_parts();
                Some(sockjs::answer(self, route, (&parts, body), origin, &place).await)
            }
        }
    }

    fn upgrade<B>(
        self: &Arc<Self>,
        request: &mut Request<B>,
        form: WireForm,
        origin: Arc<Origin>,
        place: impl Send + 'static,
    ) -> Response<Body> {
        let text = |text: &'static str| Either::Left(Full::new(Bytes::from_static(text.as_bytes())));
        let response = match handshake::accept(request.method(), request.headers()) {
            Ok(response) => response.map(|()| text("")),
            Err(refusal) => return refusal.response().map(text),
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
        response
    }
}
