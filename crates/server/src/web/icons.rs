//! The server's own pictures, where the settings say that its assets are: clients show them in their lists of servers, with
//! or without a web client.

use super::conditional::{self, Known};
use super::media;
use crate::http::Response;
use bytes::Bytes;
use http::HeaderMap;

macro_rules! icons {
    ($($path:literal = $file:literal;)*) => {
        /// Where they are, which file that is, and what is in it.
        const ICONS: &[(&str, &str, &[u8])] = &[$(($path, $file, include_bytes!(concat!("icons/", $file)))),*];
    };
}

icons! {
    // Asked for by browsers wherever no page names another.
    "/favicon.ico" = "32.png";
    "/images/logo/icon.svg" = "icon.svg";
    "/images/logo/icon-maskable.svg" = "maskable.svg";
    "/images/logo/logo.svg" = "icon.svg";
    "/images/logo/logo_dark.svg" = "icon.svg";
    "/images/logo/favicon-16x16.png" = "16.png";
    "/images/logo/favicon-32x32.png" = "32.png";
    "/images/logo/android-chrome-192x192.png" = "192.png";
    "/images/logo/android-chrome-512x512.png" = "512.png";
    "/images/logo/apple-touch-icon.png" = "touch-180.png";
    "/images/logo/apple-touch-icon-precomposed.png" = "touch-180.png";
}

/// The icon at this address.
pub(super) fn answer(path: &str, request: &HeaderMap) -> Option<Response> {
    let (_, file, bytes) = ICONS.iter().find(|(own, ..)| *own == path)?;
    Some(Known::new(Bytes::from_static(bytes)).answer(request, "icon", conditional::plain(media::of(file))))
}
