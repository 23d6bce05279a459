//! From a request to its answer.

use super::answers::{self, Body};
use super::line::{Ends, Line};
use super::payload;
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

/// An answer that another takes the place of.
type Refused = Response<Body>;

/// Answers a request that opens no socket.
pub(crate) async fn answer<B>(
    server: &Arc<Realtime>,
    route: Route<'_>,
    parts: &Parts,
    body: B,
    origin: Arc<Origin>,
    place: &impl Place,
) -> Response<Body>
where
    B: HttpBody,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let (own, methods) = methods(route);
    let mut response = match &parts.method {
        method if *method == own => match route {
            Route::Session(name, act) => session(server, name, act, parts, body, origin, place).await,
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

async fn session<B>(
    server: &Arc<Realtime>,
    name: &str,
    act: Act,
    parts: &Parts,
    body: B,
    origin: Arc<Origin>,
    place: &impl Place,
) -> Response<Body>
where
    B: HttpBody,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let receive = |transport| receive(server, name, transport, origin, place);
    let answer = match act {
        Act::Xhr => receive(Transport::Xhr),
        Act::XhrStreaming => receive(Transport::XhrStreaming),
        Act::EventSource => receive(Transport::EventSource),
        Act::Jsonp => callback(parts).and_then(|callback| receive(Transport::Jsonp(callback))),
        Act::XhrSend => send(server, name, false, body).await.map(|()| answers::accepted()),
        Act::JsonpSend => send(server, name, is_form(parts), body).await.map(|()| answers::plain(StatusCode::OK, "ok")),
    };
    answer.unwrap_or_else(|refused| refused)
}

/// Answers with what a session says; begins the session if it is new.
fn receive(
    server: &Arc<Realtime>,
    name: &str,
    transport: Transport,
    origin: Arc<Origin>,
    place: &impl Place,
) -> Result<Response<Body>, Refused> {
    let content_type = transport.content_type();
    let (receiver, stream) = Receiver::new(transport);
    let begin = || place.another().map(|place| begin(server, name, origin, place));
    match server.sessions().receive(name, receiver, begin) {
        Some(()) => Ok(answers::stream(content_type, stream)),
        None => Err(answers::plain(StatusCode::SERVICE_UNAVAILABLE, "Too many connections\n")),
    }
}

/// Begins a session, which keeps its place until it is forgotten.
fn begin(server: &Arc<Realtime>, name: &str, origin: Arc<Origin>, place: impl Send + 'static) -> Ends {
    let (line, ends) = Line::new(server.outbox(WireForm::SockJs, None), server.limits());
    let known = Known { server: server.clone(), name: name.into() };
    let server = server.clone();
    tokio::spawn(async move {
        server.serve_line(line, origin).await;
        drop((known, place));
    });
    ends
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

/// Brings a session what its client says.
async fn send<B>(server: &Arc<Realtime>, name: &str, form: bool, body: B) -> Result<(), Refused>
where
    B: HttpBody,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let body = read(body, server.limits().message as usize).await?;
    let letter =
        payload::letter(&body, form).map_err(|bad| answers::plain(StatusCode::INTERNAL_SERVER_ERROR, bad.text()))?;
    let unknown = || answers::plain(StatusCode::NOT_FOUND, "Not found");
    let ends = server.sessions().find(name).ok_or_else(unknown)?;
    ends.letters.send(letter).await.map_err(|_| unknown())
}

async fn read<B>(body: B, limit: usize) -> Result<Bytes, Refused>
where
    B: HttpBody,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
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
