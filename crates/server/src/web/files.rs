//! The files of the client, as they were built.

use super::conditional::{ASK_AGAIN, Known};
use super::encoding::Encoding;
use super::media;
use crate::http::Response;
use bytes::Bytes;
use http::HeaderMap;
use http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HeaderValue, VARY};
use std::collections::HashMap;

/// The files that were there when this program was built; none without a web client.
pub const EMBEDDED: &[File] = include!(concat!(env!("OUT_DIR"), "/web_client.rs"));

/// Files in this folder have a name that changes with what is in them.
const HASHED: &str = "/assets/";

/// A file of the client.
#[derive(Clone, Copy, Debug)]
pub struct File {
    /// Its address.
    pub path: &'static str,
    /// What is in it.
    pub plain: &'static [u8],
    /// The same, compressed by brotli where that is smaller.
    pub brotli: Option<&'static [u8]>,
    /// The same, compressed by gzip where that is smaller.
    pub gzip: Option<&'static [u8]>,
}

/// Files by their addresses.
pub(super) struct Files(HashMap<&'static str, Forms>);

/// A file in the forms there are of it, the smallest first.
struct Forms {
    media: &'static str,
    hashed: bool,
    forms: Vec<(Encoding, Known)>,
}

impl Files {
    pub(super) fn new<'a>(files: impl IntoIterator<Item = &'a File>) -> Self {
        Self(files.into_iter().map(|file| (file.path, Forms::of(file))).collect())
    }

    /// The file at this address.
    pub(super) fn answer(&self, path: &str, request: &HeaderMap) -> Option<Response> {
        self.0.get(path).map(|file| file.answer(request))
    }
}

impl Forms {
    fn of(file: &File) -> Self {
        let bytes = |encoding| match encoding {
            Encoding::Brotli => file.brotli,
            Encoding::Gzip => file.gzip,
            Encoding::Plain => Some(file.plain),
        };
        let form = |encoding| bytes(encoding).map(|bytes| (encoding, Known::new(Bytes::from_static(bytes))));
        Self {
            media: media::of(file.path),
            hashed: file.path.starts_with(HASHED),
            forms: Encoding::ALL.into_iter().filter_map(form).collect(),
        }
    }

    /// In the smallest form that the client takes; who takes none gets it plain, as RFC 9110 allows.
    fn answer(&self, request: &HeaderMap) -> Response {
        let taken = self.forms.iter().find(|(encoding, _)| encoding.is_taken(request)).or(self.forms.last());
        let Some((encoding, known)) = taken else { return Response::default() };
        let headers = [
            (CONTENT_TYPE, HeaderValue::from_static(self.media)),
            (CACHE_CONTROL, if self.hashed { FOR_EVER } else { ASK_AGAIN }),
            (VARY, HeaderValue::from_static("Accept-Encoding")),
        ];
        let mut response = known.answer(request, "web-file", headers);
        if *encoding != Encoding::Plain {
            response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
        }
        response
    }
}

/// What is at a hashed address never changes.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
