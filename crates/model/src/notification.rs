//! What people want to be notified of.

use crate::{SubscriptionSettings, UserId};
use serde_json::{Map, Value};

/// Of which messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notify {
    /// Of all.
    All,
    /// Of those that are for the reader: by name, by `@all`, by a highlight word, in a direct room.
    Mentions,
    /// Of none.
    Nothing,
}

impl Notify {
    /// From the protocol's word; nothing for `default`, and for what is none.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "all" => Some(Self::All),
            "mentions" => Some(Self::Mentions),
            "nothing" => Some(Self::Nothing),
            _ => None,
        }
    }

    /// What somebody's preferences say about notifications on the desktop, where they say anything.
    pub fn on_desktop(preferences: &Map<String, Value>) -> Option<Self> {
        Self::from_word(preferences.get("desktopNotifications")?.as_str()?)
    }
}

/// A way of notifying for which a membership may say something else than its owner's preferences do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Channel {
    /// The key in the user's preferences.
    pub preference: &'static str,
    /// The key in a membership.
    pub key: &'static str,
    /// The key that says where the membership's value comes from: `subscription`, or `user`.
    pub origin: &'static str,
}

/// On the desktop, on phones, by mail.
pub const CHANNELS: [Channel; 3] = [
    Channel { preference: "desktopNotifications", key: "desktopNotifications", origin: "desktopPrefOrigin" },
    Channel { preference: "pushNotifications", key: "mobilePushNotifications", origin: "mobilePrefOrigin" },
    Channel { preference: "emailNotificationMode", key: "emailNotifications", origin: "emailPrefOrigin" },
];

impl Channel {
    /// What the member chose for this room itself.
    pub fn chosen(self, settings: &SubscriptionSettings) -> Option<Notify> {
        let own = settings.0.get(self.origin).is_some_and(|origin| origin == "subscription");
        own.then(|| settings.0.get(self.key)?.as_str().and_then(Notify::from_word)).flatten()
    }
}

/// What a member wants to be notified of in one room. Nearly everybody wants nothing particular.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoomWishes {
    /// Of which messages on the desktop; else what the member prefers everywhere.
    pub desktop: Option<Notify>,
    /// Of nothing at all.
    pub silent: bool,
    /// `@all` and `@here` are not for this member.
    pub mutes_groups: bool,
    /// Nothing of these people.
    pub ignored: Vec<UserId>,
}

impl RoomWishes {
    /// What the settings of a membership say. Who is banned is told nothing.
    pub fn of(settings: &SubscriptionSettings) -> Self {
        let [desktop, ..] = CHANNELS;
        let is = |key: &str, value: Value| settings.0.get(key) == Some(&value);
        Self {
            desktop: desktop.chosen(settings),
            silent: is("disableNotifications", true.into()) || settings.is_banned(),
            mutes_groups: is("muteGroupMentions", true.into()),
            ignored: settings.ignored().map(UserId::new).collect(),
        }
    }

    /// Whether there is anything the member's preferences do not say.
    pub fn is_particular(&self) -> bool {
        *self != Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn wishes(settings: Value) -> RoomWishes {
        RoomWishes::of(&SubscriptionSettings(settings.as_object().cloned().unwrap()))
    }

    #[test]
    fn a_membership_says_what_was_chosen_for_it() {
        assert!(!wishes(json!({})).is_particular());
        let chosen = json!({ "desktopNotifications": "nothing", "desktopPrefOrigin": "subscription" });
        assert_eq!(wishes(chosen).desktop, Some(Notify::Nothing));
        let preferred = json!({ "desktopNotifications": "nothing", "desktopPrefOrigin": "user" });
        assert!(!wishes(preferred).is_particular());
        let rest = json!({ "disableNotifications": true, "muteGroupMentions": true, "ignored": ["u1", 5] });
        let expected = RoomWishes { silent: true, mutes_groups: true, ignored: vec!["u1".into()], desktop: None };
        assert_eq!(wishes(rest), expected);
        assert!(!wishes(json!({ "disableNotifications": false, "hideUnreadStatus": true })).is_particular());
        assert!(wishes(json!({ "status": "BANNED" })).silent);
    }

    #[test]
    fn preferences_say_which_messages() {
        for (word, expected) in [("all", Some(Notify::All)), ("mentions", Some(Notify::Mentions)), ("default", None)] {
            let preferences = json!({ "desktopNotifications": word });
            assert_eq!(Notify::on_desktop(preferences.as_object().unwrap()), expected);
        }
        assert_eq!(Notify::on_desktop(&Map::new()), None);
    }
}
