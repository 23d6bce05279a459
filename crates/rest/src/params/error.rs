//! The answer to parameters that cannot be taken.

use super::Source;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// Always status 400. Unlike `gantry_model::Error` its text is not followed by the code, and there are no details.
///
/// Serialises as the whole body: `{"success":false,"errorType":"invalid-params","error":"must be string"}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParamsError {
    error_type: Option<&'static str>,
    text: Cow<'static, str>,
}

impl ParamsError {
    /// Parameters that break their description, in these words.
    pub fn new(source: Source, text: impl Into<Cow<'static, str>>) -> Self {
        let error_type = match source {
            Source::Body => "invalid-params",
            Source::Query => "error-invalid-params",
        };
        Self { error_type: Some(error_type), text: text.into() }
    }

    /// A query string that cannot be read at all; has no `errorType`.
    pub fn unreadable_query() -> Self {
        Self { error_type: None, text: "Invalid query parameters".into() }
    }

    /// A body that is not JSON.
    pub fn unreadable_body() -> Self {
        Self::new(Source::Body, "Invalid JSON in the request body")
    }

    /// A text that holds U+0000, which no store can keep.
    pub fn nul(source: Source) -> Self {
        Self::new(source, "must NOT have NUL characters")
    }

    /// `errorType`, where there is one.
    pub fn error_type(&self) -> Option<&'static str> {
        self.error_type
    }

    /// `error`: the messages, joined by a line break and a space.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl Serialize for ParamsError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut body = serializer.serialize_struct("ParamsError", 3)?;
        body.serialize_field("success", &false)?;
        match self.error_type {
            Some(error_type) => body.serialize_field("errorType", error_type)?,
            None => body.skip_field("errorType")?,
        }
        body.serialize_field("error", &self.text)?;
        body.end()
    }
}

impl fmt::Display for ParamsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for ParamsError {}
