//! `/avatar/…`: the pictures of people and rooms. Nobody uploads any yet: they are letters.
//!
//! | path | whose |
//! |---|---|
//! | `/avatar/<username>` | a user's |
//! | `/avatar/@<name>` | the letters of any name |
//! | `/avatar/uid/<id>` | a user's |
//! | `/avatar/room/<rid>` | a room's |
//!
//! A name may end in `.svg`, `.png`, `.jpg` or `.jpeg`, and `format` may ask for one of these: clients do, and show an SVG
//! as well. `size` is the edge in pixels; `etag` and `_dc` only keep a client's own cache from answering.

mod asked;
mod credentials;
mod initials;
mod picture;

use super::conditional::{ASK_AGAIN, Known};
use super::not_found;
use crate::http::{Endpoint, Request, Response};
use asked::Asked;
use gantry_chat::avatars::{self, Letters};
use gantry_chat::{Caller, Chat, Origin, auth};
use gantry_model::Result;
use http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, VARY,
};
use http::{Method, StatusCode};
use std::sync::Arc;

const ENDPOINT: &str = "avatar";

/// Answers a request for a picture. Its origin must be in the request's extensions.
pub(crate) async fn answer(chat: &Chat, request: Request) -> Response {
    let reads = [Method::GET, Method::HEAD].contains(request.method());
    let Some(asked) = Asked::read(request.uri()).filter(|_| reads) else { return nothing() };
    let (parts, _) = request.into_parts();
    let origin = parts.extensions.get::<Arc<Origin>>();
    match letters(chat, &asked, &parts.headers, origin).await {
        Ok(Some(letters)) => picture(chat, &letters, asked.size, &parts.headers),
        Ok(None) => nothing(),
        Err(error) => {
            tracing::warn!(cause = error.cause(), "a picture was not drawn");
            unavailable()
        }
    }
}

async fn letters(
    chat: &Chat,
    asked: &Asked,
    headers: &HeaderMap,
    origin: Option<&Arc<Origin>>,
) -> Result<Option<Letters>> {
    let caller = caller(chat, asked, headers, origin).await?;
    avatars::letters(chat, caller.as_ref(), &asked.subject).await
}

async fn caller(
    chat: &Chat,
    asked: &Asked,
    headers: &HeaderMap,
    origin: Option<&Arc<Origin>>,
) -> Result<Option<Caller>> {
    match (asked.credentials.clone().or_else(|| credentials::of(headers)), origin) {
        (Some((uid, token)), Some(origin)) => auth::authenticate(chat, &uid, &token, origin).await,
        _ => Ok(None),
    }
}

fn picture(chat: &Chat, letters: &Letters, size: u32, request: &HeaderMap) -> Response {
    let initials = initials::of(&letters.name, letters.every_word);
    let svg = picture::draw(&letters.name, &initials, size);
    let headers: [(HeaderName, HeaderValue); 5] = [
        (CONTENT_TYPE, HeaderValue::from_static("image/svg+xml")),
        (CONTENT_DISPOSITION, HeaderValue::from_static("inline")),
        // Somebody may open the picture by itself: then it is a document.
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
        (CACHE_CONTROL, kept(chat, letters)),
        (VARY, HeaderValue::from_static("Cookie")),
    ];
    Known::new(svg).answer(request, ENDPOINT, headers)
}

/// For how long a picture is kept. One for a stranger is soon another, when the stranger logs in.
fn kept(chat: &Chat, letters: &Letters) -> HeaderValue {
    let seconds = chat.settings().int("Accounts_AvatarCacheTime").max(0);
    let whose = if letters.for_anybody { "public" } else { "private" };
    match letters.as_asked {
        true => ASK_AGAIN,
        false => HeaderValue::from_str(&format!("{whose}, max-age={seconds}")).unwrap_or(ASK_AGAIN),
    }
}

/// No picture, or none for who asks: that may be another in a moment, and is not kept.
fn nothing() -> Response {
    let mut response = not_found();
    response.headers_mut().insert(CACHE_CONTROL, ASK_AGAIN);
    response.headers_mut().insert(VARY, HeaderValue::from_static("Cookie"));
    response
}

fn unavailable() -> Response {
    let mut response = Response::default();
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    response.extensions_mut().insert(Endpoint(ENDPOINT));
    response
}
