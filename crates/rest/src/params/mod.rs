//! What a caller may send with a request: described once, checked with the published texts, read into a typed struct.
//!
//! A struct that derives [`Params`] *is* the description. From it come the check (in ajv's order of keywords, with ajv's
//! coercions and texts, because clients know those), the reader, and the OpenAPI document.
//!
//! ```text
//! /// Body of `groups.kick` and its like.
//! #[derive(Params)]
//! #[params(strict, one_of(roomId, roomName))]        // unknown keys are refused; exactly one of the two
//! struct RoomAndUser {
//!     /// The room's `_id`.
//!     room_id: Option<RoomId>,                       // `roomId` on the wire
//!     #[params(min_length = 1)]
//!     room_name: Option<String>,
//!     #[params(alias = "user")]                      // `user` is read where `username` is absent
//!     username: Option<Username>,
//!     #[params(flatten)]                             // the fields of another such struct
//!     page: PageParams,
//!     #[params(default = true)]
//!     notify: bool,
//! }
//!
//! let body: RoomAndUser = params::from_body(Some("application/json"), br#"{"roomId":7,"user":"ann"}"#)?;
//! assert_eq!(body.room_id, Some(RoomId::new("7")));  // a number where a text is due is its text
//!
//! let refused = params::from_body::<RoomAndUser>(Some("application/json"), b"{}");
//! // 400 {"success":false,"errorType":"invalid-params","error":
//! //   "must have required property 'roomId'\n must have required property 'roomName'\n must match exactly one schema in oneOf"}
//! ```
//!
//! - An `Option` may be absent, everything else is required, unless a `default` stands in.
//! - `null` is what ajv makes of it: `""`, `0`, `false`. Only `#[params(nullable)]` reads it as `None`.
//! - An enum that derives `Param` is one of a few texts, or one of a few shapes.
//! - No parameters are `()`.
//!
//! Attributes are listed at the derives in `gantry_macros`; the texts at [`Schema`].

mod body;
mod check;
mod coerce;
mod error;
mod openapi;
mod query;
mod read;
mod schema;

#[cfg(test)]
mod tests;

pub(crate) use body::json as parse_json;
pub use body::parse as parse_body;
pub use error::ParamsError;
pub use gantry_macros::{Param, Params};
pub use query::parse as parse_query;
pub use read::{Entries, fit};
pub use schema::{Format, Kind, Member, Object, Property, Schema};

use serde_json::Value;

/// Where parameters stand. Query strings know only text, and clients write arrays and objects in several ways there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The request's body.
    Body,
    /// The query string.
    Query,
}

/// One parameter, or all of them: a description and a reader.
pub trait Param: Sized {
    /// What values are taken.
    const SCHEMA: Schema;

    /// Whether the key has to be there.
    const REQUIRED: bool = true;

    /// Reads a value that [`SCHEMA`](Self::SCHEMA) has let through; an absent one comes as `null`.
    ///
    /// `None` refuses it after all: a type may know more than its description can say.
    fn read(value: Value) -> Option<Self>;
}

/// An object of parameters. Derived; every such type is a [`Param`], too.
pub trait Params: Sized {
    /// What the object may hold.
    const OBJECT: &'static Object;

    /// Reads the fields out of an object that [`OBJECT`](Self::OBJECT) has let through.
    fn read(fields: &mut Entries) -> Option<Self>;
}

/// The parameters in a query string (without its `?`).
///
/// # Errors
/// 400 without `errorType` where the string cannot be read, else `error-invalid-params`.
pub fn from_query<T: Param>(raw: &str) -> Result<T, ParamsError> {
    from_value(Source::Query, Value::Object(query::parse(raw)?))
}

/// The parameters in a body of the given `Content-Type`. How long it may be is for the caller to say.
///
/// # Errors
/// 400 `invalid-params`.
pub fn from_body<T: Param>(content_type: Option<&str>, body: &[u8]) -> Result<T, ParamsError> {
    from_value(Source::Body, body::parse(content_type, body)?)
}

/// The parameters in a value that has been parsed.
///
/// # Errors
/// 400 `invalid-params` for a body, `error-invalid-params` for a query.
pub fn from_value<T: Param>(source: Source, mut value: Value) -> Result<T, ParamsError> {
    check::check(&T::SCHEMA, source, &mut value)?;
    T::read(value).ok_or_else(|| ParamsError::new(source, "must be a valid value"))
}
