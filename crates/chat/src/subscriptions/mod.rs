//! Memberships: what a member has read, hidden, set.

mod marks;
mod settings;
mod sync;
mod view;

pub(crate) use marks::changed;
pub use marks::{FirstUnread, hide, mark_unread, open, read};
pub use settings::{ignore, save_notifications, save_sound, set_favorite};
pub use sync::{docs_for, get, one};
pub use view::SubscriptionDoc;
pub(crate) use view::{direct_names, shown_name};

use gantry_model::Subscription;

/// A banned member keeps the record, and nothing else.
pub(crate) fn is_banned(seat: &Subscription) -> bool {
    seat.settings.is_banned()
}

/// In a direct room: one of the two has blocked the other.
pub(crate) fn is_blocked(seat: &Subscription) -> bool {
    ["blocked", "blocker"].iter().any(|key| seat.settings.0.get(*key).is_some_and(|set| *set == true))
}
