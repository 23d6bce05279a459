//! Answers: the envelopes of success and of every kind of failure, in one place.

use crate::page::Page;
use crate::params::ParamsError;
use gantry_model::wire::{self, Wire};
use gantry_model::{Code, Error, Failure, push_text};
use serde::Serialize;

/// What a handler answers.
pub type Reply = Result<Answer, Error>;

/// An answer's status and JSON text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The body, a JSON document.
    pub body: String,
    /// Headers besides those every answer has.
    pub headers: Vec<(&'static str, String)>,
}

/// `{"success":true}`.
pub fn ok() -> Answer {
    Object::new().success()
}

/// `{key: value, "success":true}`.
pub fn ok_with(key: &str, value: &(impl Serialize + ?Sized)) -> Answer {
    Object::new().with(key, value).success()
}

/// A list that is the whole answer.
pub fn ok_list<T: Serialize>(items: &[T]) -> Answer {
    Answer { status: 200, body: wire::to_string(Wire::Rest, items), headers: Vec::new() }
}

/// A page of a list: `{key: items, "count", "offset", "total", "success":true}`.
pub fn ok_page<T: Serialize>(key: &str, items: &[T], page: Page, total: i64) -> Answer {
    Object::new()
        .with(key, items)
        .with("count", &items.len())
        .with("offset", &page.offset)
        .with("total", &total)
        .success()
}

/// A JSON object in the making, for the REST wire.
pub struct Object(String);

impl Default for Object {
    fn default() -> Self {
        Self::new()
    }
}

impl Object {
    /// An empty one.
    pub fn new() -> Self {
        Self(String::from("{"))
    }

    /// One more member.
    #[must_use]
    pub fn with(mut self, key: &str, value: &(impl Serialize + ?Sized)) -> Self {
        self.key(key);
        self.0.push_str(&wire::to_string(Wire::Rest, value));
        self
    }

    /// One more member whose JSON is at hand.
    #[must_use]
    pub fn with_json(mut self, key: &str, json: &str) -> Self {
        self.key(key);
        self.0.push_str(json);
        self
    }

    /// All members of a document that serialises as an object.
    #[must_use]
    pub fn with_all(mut self, document: &(impl Serialize + ?Sized)) -> Self {
        let json = wire::to_string(Wire::Rest, document);
        if let Some(members) = json.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'))
            && !members.is_empty()
        {
            if self.0.len() > 1 {
                self.0.push(',');
            }
            self.0.push_str(members);
        }
        self
    }

    fn key(&mut self, key: &str) {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        push_text(&mut self.0, key);
        self.0.push(':');
    }

    /// 200 with `"success":true` at its end.
    pub fn success(self) -> Answer {
        self.with("success", &true).plain(200)
    }

    /// As it stands.
    pub fn plain(mut self, status: u16) -> Answer {
        self.0.push('}');
        Answer { status, body: self.0, headers: Vec::new() }
    }
}

/// The envelope of a failure. What broke inside is logged by who calls; here it is only hidden.
pub(crate) fn failure(error: &Error) -> Answer {
    let object = Object::new().with("success", &false);
    match error.failure() {
        Failure::NotLoggedIn => not_logged_in(),
        Failure::Forbidden => object.with("error", "unauthorized").plain(403),
        Failure::NotFound => object.with("error", error.reason()).plain(404),
        Failure::Internal => object.with("error", "Internal server error").plain(500),
        Failure::Unavailable => object.with("error", "Service Unavailable").plain(503),
        Failure::Plain => object.with("error", error.reason()).plain(400),
        Failure::Coded => object.with("error", error.reason()).with("errorType", &error.code().to_string()).plain(400),
        Failure::Refused => refused(object.with("error", &error.to_string()), error),
    }
}

fn refused(object: Object, error: &Error) -> Answer {
    if error.is("error-unauthorized") || error.is("unauthorized") {
        return object.plain(403);
    }
    if error.is("error-too-many-requests") {
        return object.plain(429);
    }
    let object = match error.code() {
        Code::Id(id) => object.with("errorType", id),
        Code::Number(number) => object.with("errorType", number),
    };
    match error.details() {
        Some(details) => object.with("details", details).plain(400),
        None => object.plain(400),
    }
}

/// 401, to the letter of the published pages.
pub(crate) fn not_logged_in() -> Answer {
    Object::new().with("status", "error").with("message", "You must be logged in to do this.").plain(401)
}

pub(crate) fn bad_params(error: &ParamsError) -> Answer {
    Answer { status: 400, body: wire::to_string(Wire::Rest, error), headers: Vec::new() }
}

/// 404 of a path that nobody serves.
pub(crate) fn no_such_path() -> Answer {
    Object::new().with("success", &false).with("error", "Resource not found").plain(404)
}

/// 405 of a path that is served under other verbs.
pub(crate) fn no_such_verb(verbs: &[&str]) -> Answer {
    let mut answer = Object::new().with("status", "error").with("message", "API endpoint does not exist").plain(405);
    answer.headers.push(("allow", verbs.join(", ")));
    answer
}

/// 413 of a body that is longer than its endpoint takes.
pub(crate) fn too_long(limit: usize) -> Answer {
    let text = format!("The request body is larger than {limit} bytes [error-request-too-large]");
    Object::new().with("success", &false).with("error", &text).with("errorType", "error-request-too-large").plain(413)
}
