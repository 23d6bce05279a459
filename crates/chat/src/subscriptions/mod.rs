//! Memberships: what a member has read, hidden, set.

mod marks;
mod sync;
mod view;

pub(crate) use marks::changed;
pub use marks::{FirstUnread, hide, mark_unread, open, read};
pub use sync::{docs_for, get, one};
pub use view::SubscriptionDoc;
pub(crate) use view::shown_name;

use gantry_model::{Subscription, SubscriptionSettings, User};
use serde_json::Value;

/// A banned member keeps the record, and nothing else.
pub(crate) fn is_banned(seat: &Subscription) -> bool {
    seat.settings.0.get("status").is_some_and(|status| status == "BANNED")
}

/// In a direct room: one of the two has blocked the other.
pub(crate) fn is_blocked(seat: &Subscription) -> bool {
    ["blocked", "blocker"].iter().any(|key| seat.settings.0.get(*key).is_some_and(|set| *set == true))
}

/// What a new membership takes over from the user's preferences: how to notify, and that the user chose it.
pub(crate) fn preferred(user: &User) -> SubscriptionSettings {
    let taken = [
        ("desktopNotifications", "desktopNotifications", "desktopPrefOrigin"),
        ("pushNotifications", "mobilePushNotifications", "mobilePrefOrigin"),
        ("emailNotificationMode", "emailNotifications", "emailPrefOrigin"),
    ];
    let mut settings = SubscriptionSettings::default();
    for (preference, key, origin) in taken {
        let chosen = user.preferences.get(preference).and_then(Value::as_str);
        if let Some(chosen) = chosen.filter(|chosen| *chosen != "default") {
            settings.0.insert(key.to_owned(), chosen.into());
            settings.0.insert(origin.to_owned(), "user".into());
        }
    }
    settings
}
