//! The one error type: it is the protocol.
//!
//! Use the constructor that stands beside its text; transports render an [`Error`] (REST envelope, DDP error) and
//! nobody formats one by hand. What went wrong inside is [`Error::internal`]: the cause goes to the log with the
//! request id, the client sees `Internal server error`.

use serde_json::Value;
use std::borrow::Cow;
use std::fmt;

/// The answer of everything that can fail towards a client.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// `error` of DDP, `errorType` of REST: nearly always a word, for a few old ones a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Code {
    /// `error-not-allowed` and its like.
    Id(Cow<'static, str>),
    /// `403`, `404`, …
    Number(u16),
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => f.write_str(id),
            Self::Number(number) => write!(f, "{number}"),
        }
    }
}

/// What kind of failure it is; a transport maps it to a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// An application error: REST 400 with `errorType`, except for the codes that have a status of their own.
    Refused,
    /// A plain text without a code: REST 400 `{"success":false,"error":text}`.
    Plain,
    /// A text with a code beside it: REST 400 `{"success":false,"error":text,"errorType":code}`, without `[code]`.
    Coded,
    /// REST 403 `{"success":false,"error":"unauthorized"}`.
    Forbidden,
    /// REST 404 with the text.
    NotFound,
    /// Nobody is logged in: REST 401.
    NotLoggedIn,
    /// Something broke inside: REST 500, nothing told.
    Internal,
    /// A store, bus or disk is out of reach or full for now: REST 503.
    Unavailable,
}

/// See the head of this file. Boxed inside, so that `Result<()>` stays two words.
#[derive(Clone, Debug)]
pub struct Error(Box<Parts>);

#[derive(Clone, Debug)]
struct Parts {
    code: Code,
    reason: Cow<'static, str>,
    details: Option<Value>,
    failure: Failure,
    cause: Option<String>,
}

impl Error {
    fn make(failure: Failure, code: Code, reason: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Parts { code, reason: reason.into(), details: None, failure, cause: None }))
    }

    /// An application error: `id` and its reason (empty where the id is thrown alone).
    pub fn new(id: impl Into<Cow<'static, str>>, reason: impl Into<Cow<'static, str>>) -> Self {
        Self::make(Failure::Refused, Code::Id(id.into()), reason)
    }

    /// An application error with one of the old numeric codes.
    pub fn numbered(number: u16, reason: impl Into<Cow<'static, str>>) -> Self {
        Self::make(Failure::Refused, Code::Number(number), reason)
    }

    /// A failure that is only a text.
    pub fn text(text: impl Into<Cow<'static, str>>) -> Self {
        Self::make(Failure::Plain, Code::Number(400), text)
    }

    /// A failure of a handler itself: its text stands alone in `error`, its code in `errorType`.
    pub fn coded(id: impl Into<Cow<'static, str>>, text: impl Into<Cow<'static, str>>) -> Self {
        Self::make(Failure::Coded, Code::Id(id.into()), text)
    }

    /// `forbidden()` of the published handlers: 403 `unauthorized`.
    pub fn forbidden() -> Self {
        Self::make(Failure::Forbidden, Code::Id("unauthorized".into()), "unauthorized")
    }

    /// 404 with a text of its own.
    pub fn not_found(text: impl Into<Cow<'static, str>>) -> Self {
        Self::make(Failure::NotFound, Code::Number(404), text)
    }

    /// 401 `You must be logged in to do this.`
    pub fn not_logged_in() -> Self {
        Self::make(Failure::NotLoggedIn, Code::Number(401), "You must be logged in to do this.")
    }

    /// Something broke inside. `cause` is for the log alone.
    pub fn internal(cause: impl fmt::Display) -> Self {
        let mut error = Self::make(Failure::Internal, Code::Number(500), "Internal server error");
        error.0.cause = Some(cause.to_string());
        error
    }

    /// The store cannot do it now; a later try may succeed. `cause` is for the log alone.
    pub fn unavailable(cause: impl fmt::Display) -> Self {
        let mut error = Self::make(Failure::Unavailable, Code::Number(503), "Service Unavailable");
        error.0.cause = Some(cause.to_string());
        error
    }

    /// The same error with `details`.
    #[must_use]
    pub fn with_details(mut self, details: Value) -> Self {
        self.0.details = Some(details);
        self
    }

    /// The same error with `details: {"method": method}`.
    #[must_use]
    pub fn in_method(self, method: &'static str) -> Self {
        self.with_details(serde_json::json!({ "method": method }))
    }

    /// `error` of DDP, `errorType` of REST.
    pub fn code(&self) -> &Code {
        &self.0.code
    }

    /// Whether the code is this word.
    pub fn is(&self, id: &str) -> bool {
        matches!(&self.0.code, Code::Id(own) if own == id)
    }

    /// The sentence for people; may be empty.
    pub fn reason(&self) -> &str {
        &self.0.reason
    }

    /// `details`, when given.
    pub fn details(&self) -> Option<&Value> {
        self.0.details.as_ref()
    }

    /// What kind of failure it is.
    pub fn failure(&self) -> Failure {
        self.0.failure
    }

    /// What broke, for the log.
    pub fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }
}

/// `Reason [code]`, or `[code]` without a reason; plain texts stand alone.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Parts { code, reason, failure, .. } = &*self.0;
        match failure {
            Failure::Refused if reason.is_empty() => write!(f, "[{code}]"),
            Failure::Refused => write!(f, "{reason} [{code}]"),
            _ => f.write_str(reason),
        }
    }
}

impl std::error::Error for Error {}

/// The errors that more than one operation throws, each beside its published text.
impl Error {
    /// `Not allowed`, thrown by `method`.
    pub fn not_allowed(method: &'static str) -> Self {
        Self::new("error-not-allowed", "Not allowed").in_method(method)
    }

    /// `Invalid room`, thrown by `method`.
    pub fn invalid_room(method: &'static str) -> Self {
        Self::new("error-invalid-room", "Invalid room").in_method(method)
    }

    /// `Invalid user`, thrown by `method`.
    pub fn invalid_user(method: &'static str) -> Self {
        Self::new("error-invalid-user", "Invalid user").in_method(method)
    }

    /// The room selector matched nothing of the family's kind: `what` is `group`, `channel`, `direct message`.
    pub fn room_not_found(what: &str) -> Self {
        Self::new(
            "error-room-not-found",
            format!("The required \"roomId\" or \"roomName\" param provided does not match any {what}"),
        )
    }

    /// The target is not a member of the room; thrown by `method`.
    pub fn user_not_in_room(method: &'static str) -> Self {
        Self::new("error-user-not-in-room", "User is not in this room").in_method(method)
    }

    /// The act would leave the room without an owner; thrown by `method`.
    pub fn last_owner(method: &'static str) -> Self {
        Self::new("error-you-are-last-owner", "You are the last owner. Please set new owner before leaving the room.")
            .in_method(method)
    }

    /// The declared permission is missing: REST 403.
    pub fn unauthorized() -> Self {
        Self::new("error-unauthorized", "User does not have the permissions required for this action")
    }
}
