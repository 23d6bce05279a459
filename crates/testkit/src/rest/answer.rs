//! An answer, and what a test expects of it.

use crate::schema;
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use serde_json::{Value, json};
use std::fmt;
use std::ops::Index;

/// What the server answered. Expectations that fail show the whole of it.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came.
    pub body: Bytes,
    /// The body as JSON; `null` when it is none.
    pub json: Value,
    method: Method,
    path: String,
}

impl Answer {
    pub(super) fn new(method: &Method, path: String, status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        let json = serde_json::from_slice(&body).unwrap_or_default();
        Self { status: status.as_u16(), headers, body, json, method: method.clone(), path }
    }

    /// Expects success: 200, with `success: true` or, as the login calls have it, `status: "success"`.
    #[track_caller]
    pub fn ok(self) -> Value {
        let success = self.json["success"] == json!(true) || self.json["status"] == json!("success");
        assert!(self.status == 200 && success, "expected success of {self}");
        self.json
    }

    /// Expects a refusal with a status and an `errorType`, a word or a number.
    ///
    /// Answers that have no `errorType` by rule (403, 429) must name it in brackets at the end of `error`.
    #[track_caller]
    pub fn refused(self, status: u16, error_type: &str) -> Value {
        let own = match &self.json["errorType"] {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        };
        let in_brackets = || self.error().ends_with(&format!("[{error_type}]"));
        let named = own.map_or_else(in_brackets, |own| own == error_type);
        self.expect_refusal(status, named, error_type)
    }

    /// Expects a refusal with a status and exactly this text in `error`.
    #[track_caller]
    pub fn refused_with(self, status: u16, error: &str) -> Value {
        let same = self.error() == error;
        self.expect_refusal(status, same, error)
    }

    /// Expects the 401 that every call gives to those who are not logged in.
    #[track_caller]
    pub fn not_logged_in(self) -> Value {
        let body = json!({ "status": "error", "message": "You must be logged in to do this." });
        assert!(self.status == 401 && self.json == body, "expected 401 and {body}, got {self}");
        self.json
    }

    /// Expects the answer to be as published for its call. See [`schema::Published::faults`].
    #[track_caller]
    pub fn as_published(self) -> Self {
        schema::assert_matches(&format!("{} {}", self.method, self.path), self.status, &self.json);
        self
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    fn error(&self) -> &str {
        self.json["error"].as_str().unwrap_or_default()
    }

    #[track_caller]
    fn expect_refusal(self, status: u16, right: bool, what: &str) -> Value {
        let refused = self.status == status && self.json["success"] == json!(false);
        assert!(refused && right, "expected {status} and {what:?}, got {self}");
        self.json
    }
}

/// A key of the JSON body; `null` when it has none.
impl Index<&str> for Answer {
    type Output = Value;

    fn index(&self, key: &str) -> &Value {
        &self.json[key]
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} {}: {}", self.method, self.path, self.status)?;
        match &self.json {
            Value::Null => f.write_str(&String::from_utf8_lossy(&self.body)),
            json => write!(f, "{json:#}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::catch_unwind;

    fn answer(status: u16, json: Value) -> Answer {
        let status = StatusCode::from_u16(status).expect("a status");
        let path = "/api/v1/groups.kick".into();
        Answer::new(&Method::POST, path, status, HeaderMap::new(), json.to_string().into())
    }

    #[test]
    fn knows_success() {
        answer(200, json!({ "success": true })).ok();
        answer(200, json!({ "status": "success" })).ok();
        for wrong in [answer(200, json!({ "success": false })), answer(201, json!({ "success": true }))] {
            assert!(catch_unwind(|| wrong.ok()).is_err());
        }
    }

    #[test]
    fn knows_refusals() {
        let application =
            json!({ "success": false, "error": "Not allowed [error-not-allowed]", "errorType": "error-not-allowed" });
        answer(400, application.clone()).refused(400, "error-not-allowed");
        answer(400, application.clone()).refused_with(400, "Not allowed [error-not-allowed]");
        assert!(catch_unwind(|| answer(400, application).refused(400, "error-not")).is_err());
        answer(400, json!({ "success": false, "error": "No [403]", "errorType": 403 })).refused(400, "403");
        answer(403, json!({ "success": false, "error": "No [error-unauthorized]" })).refused(403, "error-unauthorized");
        answer(401, json!({ "status": "error", "message": "You must be logged in to do this." })).not_logged_in();
    }

    #[test]
    fn shows_the_whole_answer() {
        let shown = catch_unwind(|| answer(500, json!({ "odd": ["thing"] })).ok()).expect_err("no success");
        let shown = shown.downcast_ref::<String>().expect("a text");
        assert!(shown.contains("POST /api/v1/groups.kick: 500") && shown.contains("\"thing\""), "{shown}");
    }

    #[test]
    fn knows_its_schema() {
        answer(401, json!({ "status": "error", "message": "" })).as_published();
        assert!(catch_unwind(|| answer(200, json!({ "success": true })).as_published()).is_err());
    }
}
