//! Memberships: what a member has read, hidden, set.

use gantry_model::Subscription;

/// A banned member keeps the record, and nothing else.
pub(crate) fn is_banned(seat: &Subscription) -> bool {
    seat.settings.0.get("status").is_some_and(|status| status == "BANNED")
}

/// In a direct room: one of the two has blocked the other.
pub(crate) fn is_blocked(seat: &Subscription) -> bool {
    ["blocked", "blocker"].iter().any(|key| seat.settings.0.get(*key).is_some_and(|set| *set == true))
}
