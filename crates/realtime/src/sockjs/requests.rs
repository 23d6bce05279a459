//! From a request to its answer.

use super::answers::{self, Body};
use super::line::{Ends, Line};
use super::payload::{self, BadPayload};
use super::receiver::{Callback, Receiver, Transport};
use super::routes::Act;
use super::{Route, iframe};
use crate::frame::WireForm;
use crate::realtime::Realtime;
use crate::upgrade::Place;
use bytes::Bytes;
use gantry_chat::Origin;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http::{Method, Response, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Body as HttpBody;
use std::error::Error;
use std::sync::Arc;

/// An answer in the place of the one that was asked for.
type Refused = Response<Body>;

/// The body of a request.
pub(crate) trait Incoming: HttpBody<Error: Into<Box<dyn Error + Send + Sync>>> {}

impl<B: HttpBody<Error: Into<Box<dyn Error + Send + Sync>>>> Incoming for B {}

/// Answers a request that opens no socket.
pub(crate) async fn answer(
    server: &Arc<Realtime>,
    route: Route<'_>,
    (parts, body): (&Parts, impl Incoming),
    origin: Arc<Origin>,
    place: &impl Place,
) -> Response<Body> {
    let (own, methods) = methods(route);
    let mut response = match &parts.method {
        method if *method == own => match route {
            Route::Session(name, act) => Visit { server, name, parts, origin, place }.answer(act, body).await,
            Route::Info => info(),
            Route::Iframe => iframe::page(&parts.headers),
            Route::Greeting | Route::Socket(_) => answers::plain(StatusCode::OK, "Welcome to SockJS!\n"),
        },
        &Method::OPTIONS => answers::preflight(methods),
        _ => answers::no_such_method(methods),
    };
    answers::open_to_all(&parts.headers, &mut response);
    response
}

/// The method of a route, and all that are answered.
fn methods(route: Route<'_>) -> (Method, &'static str) {
    match route {
        Route::Session(_, Act::Xhr | Act::XhrStreaming | Act::XhrSend | Act::JsonpSend) => {
            (Method::POST, "OPTIONS, POST")
        }
        _ => (Method::GET, "OPTIONS, GET"),
    }
}

/// SockJS's page about itself. The entropy is for clients without a generator of their own.
fn info() -> Response<Body> {
    let entropy: u32 = rand::random();
    let text = format!(r#"{{"websocket":true,"origins":["*:*"],"cookie_needed":false,"entropy":{entropy},"ms":true}}"#);
    answers::text(StatusCode::OK, "application/json; charset=UTF-8", text)
}

/// A request to the session of this name.
struct Visit<'a, P> {
    server: &'a Arc<Realtime>,
    name: &'a str,
    parts: &'a Parts,
    origin: Arc<Origin>,
    place: &'a P,
}

impl<P: Place> Visit<'_, P> {
    async fn answer(self, act: Act, body: impl Incoming) -> Response<Body> {
        let answer = match act {
            Act::Xhr => self.receive(Transport::Xhr),
            Act::XhrStreaming => self.receive(Transport::XhrStreaming),
            Act::EventSource => self.receive(Transport::EventSource),
            Act::Jsonp => callback(self.parts).and_then(|callback| self.receive(Transport::Jsonp(callback))),
            Act::XhrSend => self.send(false, body).await.map(|()| answers::accepted()),
            Act::JsonpSend => self.send(is_form(self.parts), body).await.map(|()| answers::plain(StatusCode::OK, "ok")),
        };
        answer.unwrap_or_else(|refused| refused)
    }

    /// Answers with what the session says; begins it if it is new.
    fn receive(self, transport: Transport) -> Result<Response<Body>, Refused> {
        let content_type = transport.content_type();
        let (receiver, stream) = Receiver::new(transport);
        let (sessions, name) = (self.server.sessions(), self.name);
        match sessions.receive(name, receiver, || self.begin()) {
            Some(()) => Ok(answers::stream(content_type, stream)),
            None => Err(answers::plain(StatusCode::SERVICE_UNAVAILABLE, "Too many connections\n")),
        }
    }

    /// Begins the session, which keeps a place until it is forgotten; `None` when all are taken.
    fn begin(self) -> Option<Ends> {
        let place = self.place.another()?;
        let server = self.server.clone();
        let (line, ends) = Line::new(server.outbox(WireForm::SockJs, None), server.limits());
        let known = Known { server: server.clone(), name: self.name.into() };
        tokio::spawn(async move {
            server.serve_line(line, self.origin).await;
            drop((known, place));
        });
        Some(ends)
    }

    /// Brings the session what its client says.
    async fn send(&self, form: bool, body: impl Incoming) -> Result<(), Refused> {
        let body = read(body, self.server.limits().message as usize).await?;
        let bad = |bad: BadPayload| answers::plain(StatusCode::INTERNAL_SERVER_ERROR, bad.text());
        let letter = payload::letter(&body, form).map_err(bad)?;
        let unknown = || answers::plain(StatusCode::NOT_FOUND, "Not found");
        let ends = self.server.sessions().find(self.name).ok_or_else(unknown)?;
        ends.letters.send(letter).await.map_err(|_| unknown())
    }
}

/// A session that is found by its name, as long as this lives.
struct Known {
    server: Arc<Realtime>,
    name: Box<str>,
}

impl Drop for Known {
    fn drop(&mut self) {
        self.server.sessions().forget(&self.name);
    }
}

async fn read(body: impl Incoming, limit: usize) -> Result<Bytes, Refused> {
    match Limited::new(body, limit).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => {
            Err(answers::plain(StatusCode::PAYLOAD_TOO_LARGE, "Payload is too large"))
        }
        Err(_) => Err(answers::plain(StatusCode::REQUEST_TIMEOUT, "Payload expected.")),
    }
}

fn is_form(parts: &Parts) -> bool {
    let content_type = parts.headers.get(CONTENT_TYPE).map(http::HeaderValue::as_bytes).unwrap_or_default();
    content_type.starts_with(b"application/x-www-form-urlencoded")
}

/// The function that the answer is to call.
fn callback(parts: &Parts) -> Result<Callback, Refused> {
    let refuse = |text| answers::plain(StatusCode::INTERNAL_SERVER_ERROR, text);
    let mut pairs = parts.uri.query().unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
    let (_, name) = pairs
        .find(|(key, _)| ["c", "callback"].contains(key))
        .ok_or_else(|| refuse("\"callback\" parameter required"))?;
    Callback::parse(name).ok_or_else(|| refuse("invalid \"callback\" parameter"))
}
