//! Health: `/livez` for whoever restarts the process, `/readyz` for whoever sends it requests, `/health` for people and
//! old probes.
//!
//! | path | 200 `ok` | 503 |
//! |---|---|---|
//! | `/livez` | the process answers | never |
//! | `/readyz`, `/health` | every check passes | what is wrong, a line each |

use crate::http::Endpoint;
use axum::extract::State;
use axum::routing::get;
use axum::{Extension, Router};
use futures_util::future::BoxFuture;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderName, StatusCode};
use std::sync::Arc;
use std::time::Duration;

/// A check that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(3);

/// What a check found; the error is one sentence that anybody may read: it names no address and no secret.
pub type Finding = Result<(), String>;

/// One thing without which no request can be answered.
#[derive(Clone)]
pub struct Check {
    name: &'static str,
    look: Arc<dyn Fn() -> BoxFuture<'static, Finding> + Send + Sync>,
}

impl Check {
    /// A check called `name` that runs `look` each time somebody asks.
    pub fn new<F>(name: &'static str, look: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Finding> + Send + 'static,
    {
        Self { name, look: Arc::new(move || Box::pin(look())) }
    }

    async fn complaint(&self) -> Option<String> {
        let found = tokio::time::timeout(PATIENCE, (self.look)()).await;
        let seconds = PATIENCE.as_secs();
        let finding = found.unwrap_or_else(|_| Err(format!("no answer within {seconds} s")));
        finding.err().map(|what| format!("{}: {what}\n", self.name))
    }
}

/// The three paths, over `checks`.
pub fn routes(checks: Vec<Check>) -> Router {
    Router::new()
        .route("/livez", get(|| async { page(StatusCode::OK, "ok".into()) }))
        .route("/readyz", get(ready))
        .route("/health", get(ready))
        .with_state(Arc::<[Check]>::from(checks))
}

type Page = (StatusCode, [(HeaderName, &'static str); 2], Extension<Endpoint>, String);

fn page(status: StatusCode, text: String) -> Page {
    let headers = [(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "no-store")];
    (status, headers, Extension(Endpoint("health")), text)
}

async fn ready(State(checks): State<Arc<[Check]>>) -> Page {
    let complaints = futures_util::future::join_all(checks.iter().map(Check::complaint)).await;
    let text: String = complaints.into_iter().flatten().collect();
    if text.is_empty() { page(StatusCode::OK, "ok".into()) } else { page(StatusCode::SERVICE_UNAVAILABLE, text) }
}
