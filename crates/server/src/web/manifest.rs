//! `/manifest.webmanifest`: what a phone or desktop shows of the client when somebody installs it.

use super::conditional::{self, Known};
use crate::http::Response;
use gantry_chat::Chat;
use http::HeaderMap;
use serde_json::{Value, json};

/// The page's colours before its style is there.
const BACKGROUND: &str = "#ffffff";

/// The manifest under the server's name of now.
pub(super) fn answer(chat: &Chat, request: &HeaderMap) -> Response {
    let manifest = document(chat.settings().text("Site_Name"));
    Known::new(manifest.to_string()).answer(request, "manifest", conditional::plain("application/manifest+json"))
}

fn document(name: &str) -> Value {
    let icon = |file: &str, sizes: &str, media: &str, purpose: &str| json!({ "src": format!("/images/logo/{file}"), "sizes": sizes, "type": media, "purpose": purpose });
    json!({
        "id": "/",
        "name": name,
        "short_name": name,
        "start_url": "/home",
        "scope": "/",
        "display": "standalone",
        "background_color": BACKGROUND,
        "theme_color": BACKGROUND,
        "icons": [
            icon("icon.svg", "any", "image/svg+xml", "any"),
            icon("icon-maskable.svg", "any", "image/svg+xml", "maskable"),
            icon("android-chrome-192x192.png", "192x192", "image/png", "any"),
            icon("android-chrome-512x512.png", "512x512", "image/png", "any"),
        ],
    })
}
