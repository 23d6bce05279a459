//! What browsers load: the web client, its manifest, icons, and the pictures of people and rooms.
//!
//! The client is one page with files beside it, embedded when it was built before the server (`build.rs`). Its page answers
//! every address that is nothing else's ([`address`]), so that a link into a room opens the client there.

mod address;
pub(crate) mod avatars;
mod conditional;
mod encoding;
mod files;
mod icons;
mod manifest;
mod media;
mod page;
mod policy;

pub use files::{EMBEDDED, File};

use crate::http::{Endpoint, Request, Response};
use crate::status_page::StatusPage;
use axum::body::Body;
use files::Files;
use gantry_chat::Chat;
use gantry_model::product::{PRODUCT_VERSION, REPORTED_VERSION};
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{Method, StatusCode};
use page::Page;

/// What browsers load of one server, but for the pictures.
pub(crate) struct Web {
    chat: Chat,
    files: Files,
    /// Nothing in a build without a client.
    page: Option<Page>,
    status: StatusPage,
}

impl Web {
    /// The client that is made of `files`.
    pub(crate) fn new(chat: Chat, files: &[File]) -> Self {
        let page = files.iter().find(|file| file.path == page::PATH);
        Self {
            chat,
            files: Files::new(files.iter().filter(|file| file.path != page::PATH)),
            page: page.map(|file| Page::new(file.plain, PRODUCT_VERSION, REPORTED_VERSION)),
            status: StatusPage::new(REPORTED_VERSION, PRODUCT_VERSION),
        }
    }

    /// Answers what no route does.
    pub(crate) fn answer(&self, request: &Request) -> Response {
        let found = [Method::GET, Method::HEAD].contains(request.method()).then(|| self.find(request)).flatten();
        found.unwrap_or_else(not_found)
    }

    fn find(&self, request: &Request) -> Option<Response> {
        let (path, headers) = (request.uri().path(), request.headers());
        if path == "/manifest.webmanifest" {
            return Some(manifest::answer(&self.chat, headers));
        }
        let file = self.files.answer(path, headers).or_else(|| icons::answer(path, headers));
        file.or_else(|| match &self.page {
            Some(page) => address::is_page(path, headers).then(|| page.answer(&self.chat, headers)),
            None => (path == "/").then(|| self.status.answer()),
        })
    }
}

/// Nothing is there.
fn not_found() -> Response {
    let mut response = Response::new(Body::from("Not found"));
    *response.status_mut() = StatusCode::NOT_FOUND;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response.extensions_mut().insert(Endpoint("nowhere"));
    response
}
