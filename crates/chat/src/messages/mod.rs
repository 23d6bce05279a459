//! Messages: sending, changing, reading back.

mod attachments;
mod change;
mod custom_fields;
mod delete;
mod draft;
mod edit;
mod emoji;
pub mod ephemeral;
mod erase;
mod highlights;
mod history;
mod mentions;
mod plain;
mod post;
mod quotes;
mod react;
mod send;
mod sync;
pub(crate) mod system;
mod text;

pub use change::{find, get};
pub use delete::delete;
pub(crate) use draft::check_size;
pub use draft::{Draft, refuse_system};
pub use edit::{Edit, edit};
pub(crate) use erase::{FORGOTTEN, erase_of};
pub(crate) use highlights::Highlights;
pub use history::{
    Listing, Page, Stretch, Surrounding, hidden_types, history, history_of, list, missed, next, of_others,
    require_oversight, some, surrounding,
};
pub use post::post;
pub use react::react;
pub use send::send;
pub use sync::{Cursor, Kind, Since, Synced, sync};

#[cfg(test)]
pub(crate) use tests::message as message_in_tests;

#[cfg(test)]
mod tests {
    use gantry_model::{Message, Millis};

    /// A message as a person sends it.
    pub(crate) fn message(text: &str) -> Message {
        Message {
            id: "m1".into(),
            rid: "r1".into(),
            ts: Millis(1_000),
            place: 1,
            updated: Millis(1_000),
            author: "ann".into(),
            kind: None,
            body: format!("{{\"msg\":\"{text}\",\"md\":[],\"urls\":[],\"mentions\":[],\"channels\":[]}}"),
            tmid: None,
            tshow: false,
            edited: None,
            reactions: Vec::new(),
        }
    }
}
