//! The life of a request below `/api`: route, login, permission, parameters, rate limit, second factor, handler, envelope.

use crate::call::Visit;
use crate::cors;
use crate::endpoint::{Api, Asking, RateLimit, Routed, Routes, Row, Verb};
use crate::limiter::{Limiter, Subject, Verdict};
use crate::method::Methods;
use crate::params::{self, ParamsError, Source};
use crate::reply::{self, Answer, Reply};
use axum::body::Body;
use futures_util::FutureExt;
use gantry_chat::auth::Factor;
use gantry_chat::{Caller, Chat, Origin, auth};
use gantry_model::{Error, Failure, Millis, Permission, UserId};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, Request, Response};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde_json::{Map, Value};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

/// The REST API of one server.
pub struct Rest {
    chat: Chat,
    routes: Routes,
    limiter: Limiter,
    methods: Arc<dyn Methods>,
    bounds: Bounds,
}

/// How much may be asked, by the operator's choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// How often is not counted, whatever the settings say: `TEST_MODE`, or switched off.
    pub unlimited: bool,
    /// Longest body in bytes, where a row has no limit of its own.
    pub max_body: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { unlimited: false, max_body: 1 << 20 }
    }
}

/// Longest body of somebody who is not logged in, in bytes: who has yet to say who he is has little to say.
const STRANGERS_BODY: usize = 64 << 10;

/// The endpoint that answered, for metrics and logs; in the answer's extensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Served(pub &'static str);

/// The server's clock when the request came, in ms: whoever goes on from there misses nothing of what was written while
/// it was answered.
const SERVER_TIME: HeaderName = HeaderName::from_static("x-server-time");

impl Rest {
    /// Serves `api` over `chat`, with the realtime side's `methods`.
    pub fn new(chat: Chat, api: Api, methods: Arc<dyn Methods>, bounds: Bounds) -> Self {
        Self { chat, routes: api.into_routes(), limiter: Limiter::default(), methods, bounds }
    }

    /// The rows it serves.
    pub fn rows(&self) -> &[Row] {
        self.routes.rows()
    }

    /// Answers one request. Its origin must be in the request's extensions.
    pub async fn serve(&self, request: Request<Body>) -> Response<Body> {
        if request.method() == http::Method::OPTIONS {
            return cors::preflight(&self.chat, request.headers());
        }
        let came = self.chat.now();
        let (parts, body) = request.into_parts();
        let (answer, served) = match self.routes.find(Verb::of(&parts.method), parts.uri.path()) {
            Routed::Nothing => (reply::no_such_path(), Served("unknown")),
            Routed::Verbs(verbs) => (reply::no_such_verb(&verbs), Served("unknown")),
            Routed::Row(row, at, parameter) => {
                let answer = self.answer(row, at, parameter, &parts, body).await;
                (answer.unwrap_or_else(|refused| refused), Served(row.path))
            }
        };
        self.respond(answer, served, &parts.headers, came)
    }

    /// All steps; `Err` is an answer, too, of a step that refused.
    async fn answer(
        &self,
        row: &Row,
        at: usize,
        parameter: Option<(&'static str, String)>,
        parts: &http::request::Parts,
        body: Body,
    ) -> Result<Answer, Answer> {
        let origin = parts.extensions.get::<Arc<Origin>>().cloned();
        let origin = origin.ok_or_else(|| log(row, &Error::internal("a request without its origin")))?;
        let caller = self.caller(&parts.headers, &origin).await.map_err(|error| log(row, &error))?;
        if row.login && caller.is_none() {
            return Err(reply::not_logged_in());
        }
        if let Some(caller) = &caller {
            permitted(row, caller).map_err(|error| log(row, &error))?;
        }
        let longest = self.longest_body(row, caller.is_some());
        let mut value = params_of(row, parts, body, longest).await?;
        if let (Some((name, text)), Value::Object(members)) = (parameter, &mut value) {
            members.insert(name.to_owned(), Value::String(text));
        }
        let verdict = self.limit(row, at, caller.as_ref(), &origin, &value);
        let headers = Arc::new(parts.headers.clone());
        let asked = caller.clone().filter(|_| row.factor == Asking::Always);
        let visit = Visit { chat: self.chat.clone(), caller, origin, headers, methods: self.methods.clone() };
        // The parameters are checked before the limit answers, and the limit before the handler runs.
        let handler = (row.run)(visit, value).map_err(|error: ParamsError| reply::bad_params(&error))?;
        let whole = async {
            if let Some(caller) = &asked {
                auth::second_factor(caller).await?;
            }
            handler.await
        };
        let mut answer = match verdict {
            Some(verdict) if !verdict.allowed => reply::failure(&too_many(&verdict, self.chat.now().0)),
            _ => finish(row, AssertUnwindSafe(whole).catch_unwind().await),
        };
        headers_of(row, verdict, &mut answer);
        Ok(answer)
    }

    async fn caller(&self, headers: &HeaderMap, origin: &Arc<Origin>) -> Result<Option<Caller>, Error> {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        match (text("x-user-id"), text("x-auth-token")) {
            (Some(id), Some(token)) => {
                let caller = auth::authenticate(&self.chat, &UserId::new(id), token, origin).await?;
                Ok(caller.map(|caller| match text("x-2fa-code").and_then(Factor::from_code) {
                    Some(factor) => caller.with_factor(factor),
                    None => caller,
                }))
            }
            _ => Ok(None),
        }
    }

    fn longest_body(&self, row: &Row, is_known: bool) -> usize {
        let longest = row.body_limit.unwrap_or(self.bounds.max_body);
        if is_known { longest } else { longest.min(STRANGERS_BODY) }
    }

    fn limit(&self, row: &Row, at: usize, caller: Option<&Caller>, origin: &Origin, value: &Value) -> Option<Verdict> {
        let settings = self.chat.settings();
        let api = &settings.hot().api;
        let (calls, window) = match row.rate {
            RateLimit::Off => return None,
            RateLimit::Own(calls, window) => (calls, window),
            RateLimit::Default => (api.rate_calls, api.rate_window),
            RateLimit::Registration => (api.register_calls, api.rate_window),
        };
        let exempt = caller.is_some_and(|caller| caller.has(Permission::ApiBypassRateLimit));
        if self.bounds.unlimited || !api.rate_limit || exempt {
            return None;
        }
        let who = match (caller, row.account_of.and_then(|account_of| account_of(value))) {
            (Some(caller), _) => caller.id().to_string(),
            (None, Some(account)) => format!("{} {}", origin.ip, account.to_lowercase()),
            (None, None) => origin.ip.to_string(),
        };
        Some(self.limiter.count(Subject { endpoint: at, who }, calls, window, self.chat.now().0))
    }

    fn respond(&self, answer: Answer, served: Served, request: &HeaderMap, came: Millis) -> Response<Body> {
        let mut response = Response::new(Body::from(answer.body));
        *response.status_mut() = http::StatusCode::from_u16(answer.status).unwrap_or_default();
        response.extensions_mut().insert(served);
        let headers = response.headers_mut();
        for (name, value) in [
            ("content-type", "application/json"),
            ("cache-control", "no-store"),
            ("pragma", "no-cache"),
            ("x-xss-protection", "1"),
            ("x-content-type-options", "nosniff"),
        ] {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        headers.insert(SERVER_TIME, HeaderValue::from(came.0));
        for (name, value) in answer.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        cors::allow(&self.chat, request, headers);
        response
    }
}

fn permitted(row: &Row, caller: &Caller) -> Result<(), Error> {
    match row.permissions.iter().find(|permission| !caller.has(**permission)) {
        Some(_) => Err(Error::unauthorized()),
        None => Ok(()),
    }
}

/// The parameters as one JSON object: of the query for GET, of the body for the rest.
async fn params_of(row: &Row, parts: &http::request::Parts, body: Body, longest: usize) -> Result<Value, Answer> {
    let bad = |error: ParamsError| reply::bad_params(&error);
    if row.source() == Source::Query {
        return params::parse_query(parts.uri.query().unwrap_or_default()).map(Value::Object).map_err(bad);
    }
    let announced = parts.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > longest) {
        return Err(reply::too_long(longest));
    }
    let bytes = match Limited::new(body, longest).collect().await {
        Ok(collected) => collected.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => return Err(reply::too_long(longest)),
        Err(_) => return Err(bad(ParamsError::unreadable_body())),
    };
    let content_type = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    match params::parse_body(content_type, &bytes).map_err(bad)? {
        Value::Null => Ok(Value::Object(Map::new())),
        value => Ok(value),
    }
}

fn finish(row: &Row, outcome: std::thread::Result<Reply>) -> Answer {
    match outcome {
        Ok(Ok(answer)) => answer,
        Ok(Err(error)) => log(row, &error),
        Err(_) => log(row, &Error::internal("the handler panicked")),
    }
}

/// The failure's envelope; what broke inside goes to the log, under the request's span.
fn log(row: &Row, error: &Error) -> Answer {
    match error.failure() {
        Failure::Internal => tracing::error!(endpoint = row.path, cause = error.cause(), "request failed"),
        Failure::Unavailable => tracing::warn!(endpoint = row.path, cause = error.cause(), "request not served"),
        _ => {}
    }
    reply::failure(error)
}

fn too_many(verdict: &Verdict, now: i64) -> Error {
    let seconds = (verdict.reset - now).max(0).div_euclid(1_000) + 1;
    let text = format!(
        "Error, too many requests. Please slow down. You must wait {seconds} seconds before trying this endpoint again."
    );
    Error::new("error-too-many-requests", text)
}

fn headers_of(row: &Row, verdict: Option<Verdict>, answer: &mut Answer) {
    if let Some(verdict) = verdict {
        answer.headers.push(("x-ratelimit-limit", verdict.limit.to_string()));
        answer.headers.push(("x-ratelimit-remaining", verdict.remaining.to_string()));
        answer.headers.push(("x-ratelimit-reset", verdict.reset.to_string()));
    }
    if let Some(deprecation) = row.deprecated {
        answer.headers.push(("x-deprecation-type", "endpoint-deprecation".into()));
        answer.headers.push(("x-deprecation-message", deprecation.message.into()));
        answer.headers.push(("x-deprecation-version", deprecation.version.into()));
    }
}
