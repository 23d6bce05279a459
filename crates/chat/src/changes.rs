//! What `updatedSince` answers: what is new or changed, and what is gone.

use gantry_model::Millis;
use serde::Serialize;

/// Documents that came or changed since a client's cursor, and those that are gone. Without a cursor everything is in
/// `update`, and nothing in `remove`.
#[derive(Serialize)]
pub struct Changes<T> {
    /// As they are now.
    pub update: Vec<T>,
    /// Their remains.
    pub remove: Vec<Removed>,
}

/// What is left of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Removed {
    /// Its id.
    #[serde(rename = "_id")]
    pub id: String,
    /// When it went.
    #[serde(rename = "_deletedAt")]
    pub at: Millis,
}
