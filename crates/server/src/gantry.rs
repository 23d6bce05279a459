//! One server: chat, REST and realtime wired together, and the routes under which they are found.

use crate::http::{Endpoint, Peer, Request, Response, Slot};
use crate::jobs::Jobs;
use crate::web::{self, Web};
use axum::Router;
use axum::body::Body;
use gantry_chat::{Caller, Chat, Options, Origin};
use gantry_model::{Error, Result};
use gantry_realtime::{Place, Realtime};
use gantry_rest::{Bounds, Methods, Rest, Served};
use http::StatusCode;
use http::header::USER_AGENT;
use serde_json::Value;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;

/// A running server, without the listener in front.
#[derive(Clone)]
pub struct Gantry {
    chat: Chat,
    realtime: Arc<Realtime>,
    rest: Arc<Rest>,
    jobs: Jobs,
}

/// The realtime side's methods, lent to `method.call`.
struct Lent(Arc<Realtime>);

impl Methods for Lent {
    fn call(
        &self,
        _: Chat,
        caller: Option<Caller>,
        origin: Arc<Origin>,
        id: String,
        method: String,
        params: Vec<Value>,
    ) -> Pin<Box<dyn Future<Output = String> + Send>> {
        let realtime = self.0.clone();
        Box::pin(async move { realtime.method_call(caller, origin, &id, &method, params).await })
    }
}

impl Gantry {
    /// Opens the store and wires the parts.
    ///
    /// # Errors
    /// As [`Chat::open`].
    pub async fn open(options: Options, bounds: Bounds) -> Result<Self> {
        // Opening reads and migrates, and on PostgreSQL blocks on its connection.
        let opened = tokio::task::spawn_blocking(move || Chat::open(options)).await;
        let chat = opened.map_err(|_| Error::internal("opening the store panicked"))??;
        gantry_chat::users::ensure_first(&chat).await?;
        let clearing = chat.clone();
        tokio::spawn(async move {
            if let Err(error) = gantry_chat::rooms::clear_away(&clearing).await {
                tracing::warn!(cause = error.cause(), "removed rooms are not cleared away yet");
            }
            if let Err(error) = gantry_chat::users::clear_away(&clearing).await {
                tracing::warn!(cause = error.cause(), "what deleted users left is not cleared away yet");
            }
        });
        let realtime = Realtime::new(chat.clone(), bounds.unlimited);
        let rest = Arc::new(Rest::new(chat.clone(), gantry_rest::api(), Arc::new(Lent(realtime.clone())), bounds));
        let jobs = Jobs::start(chat.clone());
        Ok(Self { chat, realtime, rest, jobs })
    }

    /// What it is about.
    pub fn chat(&self) -> &Chat {
        &self.chat
    }

    /// The sockets.
    pub fn realtime(&self) -> &Arc<Realtime> {
        &self.realtime
    }

    /// `/api`, the sockets, and everything that browsers load.
    pub fn routes(&self) -> Router {
        self.routes_with(web::EMBEDDED)
    }

    /// As [`Self::routes`], with these files for the web client.
    pub fn routes_with(&self, client: &[web::File]) -> Router {
        let rest = self.rest.clone();
        let api = tower::service_fn(move |request: Request| {
            let rest = rest.clone();
            async move { Ok::<_, Infallible>(named(rest.serve(with_origin(request)).await)) }
        });
        let realtime = self.realtime.clone();
        let socket = tower::service_fn(move |request: Request| {
            let realtime = realtime.clone();
            async move { Ok::<_, Infallible>(realtime_answer(&realtime, with_origin(request)).await) }
        });
        let chat = self.chat.clone();
        let avatars = tower::service_fn(move |request: Request| {
            let chat = chat.clone();
            async move { Ok::<_, Infallible>(web::avatars::answer(&chat, with_origin(request)).await) }
        });
        let web = Arc::new(Web::new(self.chat.clone(), client));
        Router::new()
            .route_service("/api/{*path}", api)
            .route_service("/websocket", socket.clone())
            .route_service("/sockjs", socket.clone())
            .route_service("/sockjs/", socket.clone())
            .route_service("/sockjs/{*path}", socket)
            .route_service("/avatar/{*path}", avatars)
            .fallback(move |request: Request| async move { web.answer(&request) })
    }

    /// Closes the sockets with a reason, finishes what was written, closes the store.
    pub async fn close(&self) {
        self.jobs.stop();
        self.realtime.close();
        let chat = self.chat.clone();
        // The store joins its threads; a panic there has been logged.
        let _ = tokio::task::spawn_blocking(move || chat.store().close()).await;
    }
}

impl Place for Slot {
    fn another(&self) -> Option<Self> {
        self.another()
    }
}

/// Answers a request for a socket or a session; each holds its place among the connections as long as it is open.
async fn realtime_answer(realtime: &Arc<Realtime>, request: Request) -> Response {
    let origin = request.extensions().get::<Arc<Origin>>().cloned();
    let place = request.extensions().get::<Slot>().cloned();
    let answer = match origin.zip(place) {
        Some((origin, place)) => realtime.answer(request, origin, place).await,
        None => None,
    };
    match answer {
        Some(response) => response.map(Body::new),
        None => {
            let mut nothing = Response::new(Body::from("Not found"));
            *nothing.status_mut() = StatusCode::NOT_FOUND;
            nothing
        }
    }
}

/// Tells the transports where a request came from, in the words of `chat`.
fn with_origin(mut request: Request) -> Request {
    if let Some(peer) = request.extensions().get::<Peer>().copied() {
        let user_agent = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let user_agent = user_agent.chars().take(500).collect();
        let origin = Origin { ip: peer.client_ip, local: peer.loopback_direct, user_agent };
        request.extensions_mut().insert(Arc::new(origin));
    }
    request
}

/// Names the endpoint for metrics and logs.
fn named(mut response: Response) -> Response {
    if let Some(Served(path)) = response.extensions().get::<Served>().copied() {
        response.extensions_mut().insert(Endpoint(path));
    }
    response
}
