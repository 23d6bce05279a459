//! What a member sets for one room: how to be notified, whom to ignore, that it is a favourite.

use super::marks::{changed, own};
use crate::{Caller, rooms};
use gantry_model::event::Event;
use gantry_model::notification::{CHANNELS, Channel};
use gantry_model::{Error, Notify, Result, RoomId, RoomWishes, SubscriptionSettings, UserId};
use gantry_store::Tx;
use serde_json::{Map, Value};

/// `details.method` of refusals.
const SAVE: &str = "saveNotificationSettings";
const SAVE_AUDIO: &str = "saveAudioNotificationValue";
const FAVORITE: &str = "toggleFavorite";
const IGNORE: &str = "ignoreUser";

/// The name of a sound, at most, in bytes.
const LONGEST_SOUND: usize = 100;

/// People whom one member ignores in one room, at most.
const MOST_IGNORED: usize = 1_000;

/// One thing that a member sets for a room, checked.
#[derive(Clone, Debug, PartialEq)]
enum Setting {
    /// Of which messages one channel tells; nothing = as preferred everywhere.
    Channel(Channel, Option<&'static str>),
    /// A key with its value; nothing = none.
    Plain(&'static str, Option<Value>),
}

/// Keys that are on or off, sent as `"1"` and `"0"`.
const SWITCHES: [&str; 4] = ["disableNotifications", "hideUnreadStatus", "hideMentionStatus", "muteGroupMentions"];

impl Setting {
    fn read(key: &str, value: &str) -> Result<Self> {
        if let Some(channel) = CHANNELS.into_iter().find(|channel| channel.key == key) {
            let chosen = level(value).ok_or_else(|| invalid("value"))?;
            return Ok(Self::Channel(channel, Some(chosen).filter(|word| *word != "default")));
        }
        if let Some(key) = SWITCHES.into_iter().find(|known| *known == key) {
            return Ok(Self::Plain(key, Some((value == "1").into())));
        }
        match key {
            "unreadAlert" => {
                let level = level(value).ok_or_else(|| invalid("value"))?;
                Ok(Self::Plain("unreadAlert", Some(level.into())))
            }
            "audioNotificationValue" => Self::sound(value, SAVE),
            _ => Err(invalid("field")),
        }
    }

    fn sound(value: &str, method: &'static str) -> Result<Self> {
        if value.len() > LONGEST_SOUND {
            return Err(Error::new("error-invalid-settings", "Invalid settings value").in_method(method));
        }
        let chosen = Some(value).filter(|value| *value != "default");
        Ok(Self::Plain("audioNotificationValue", chosen.map(Value::from)))
    }

    fn apply(&self, settings: &mut SubscriptionSettings) {
        let mut set = |key: &str, value: Option<Value>| match value {
            Some(value) => drop(settings.0.insert(key.to_owned(), value)),
            None => drop(settings.0.remove(key)),
        };
        match self {
            Self::Channel(channel, chosen) => {
                set(channel.key, chosen.map(Value::from));
                set(channel.origin, chosen.map(|_| "subscription".into()));
            }
            Self::Plain(key, value) => set(key, value.clone()),
        }
    }
}

fn level(value: &str) -> Option<&'static str> {
    ["all", "mentions", "nothing", "default"].into_iter().find(|word| *word == value)
}

fn invalid(what: &str) -> Error {
    Error::new("error-invalid-settings", format!("Invalid settings {what}")).in_method(SAVE)
}

/// Sets how the caller is notified of messages in one room: all of `values` (a key, and its value as text), or none.
/// `default` is what the caller prefers everywhere; switches are on at `"1"`.
///
/// # Errors
/// `error-invalid-settings` for a key that is none, and for a value it cannot have; `error-invalid-subscription` for who is
/// no member of the room, also where there is none.
pub async fn save_notifications(cx: &Caller, rid: &RoomId, values: &[(String, String)]) -> Result<()> {
    let settings = values.iter().map(|(key, value)| Setting::read(key, value)).collect::<Result<_>>()?;
    save(cx, rid, settings, SAVE).await
}

/// Sets the sound of notifications in one room; `default` is what the caller prefers everywhere.
///
/// # Errors
/// As [`save_notifications`].
pub async fn save_sound(cx: &Caller, rid: &RoomId, value: &str) -> Result<()> {
    save(cx, rid, vec![Setting::sound(value, SAVE_AUDIO)?], SAVE_AUDIO).await
}

async fn save(cx: &Caller, rid: &RoomId, values: Vec<Setting>, method: &'static str) -> Result<()> {
    change(cx, rid, method, move |_, settings| {
        values.iter().for_each(|value| value.apply(settings));
        Ok(())
    })
    .await
}

/// Changes what the caller set for a room, and tells of it if anything is different then.
async fn change(
    cx: &Caller,
    rid: &RoomId,
    method: &'static str,
    change: impl Fn(&mut Tx<'_>, &mut SubscriptionSettings) -> Result<()> + Send + 'static,
) -> Result<()> {
    let rid = rid.clone();
    cx.write([rooms::key(&rid)], move |me, tx| {
        let (mut seat, _) = own(me, tx, &rid)?.ok_or_else(|| no_member(method))?;
        let before = seat.settings.clone();
        change(tx, &mut seat.settings)?;
        if seat.settings == before {
            return Ok(());
        }
        let wishes = RoomWishes::of(&seat.settings);
        if wishes != RoomWishes::of(&before) {
            let (rid, uid) = (rid.clone(), seat.uid.clone());
            tx.emit(rooms::key(&seat.rid), Event::RoomNotificationsChosen { rid, uid, wishes });
        }
        changed(tx, &mut seat)
    })
    .await
}

fn no_member(method: &'static str) -> Error {
    Error::new("error-invalid-subscription", "Invalid subscription").in_method(method)
}

/// Makes a room one of the caller's favourites, or takes that back; false when that is how it was.
///
/// # Errors
/// `error-invalid-subscription` for who is no member of it, also where there is no such room.
pub async fn set_favorite(cx: &Caller, rid: &RoomId, favorite: bool) -> Result<bool> {
    let rid = rid.clone();
    cx.write([rooms::key(&rid)], move |me, tx| {
        let stranger = || Error::new("error-invalid-subscription", "You must be part of a room to favorite it");
        let (mut seat, _) = own(me, tx, &rid)?.ok_or_else(|| stranger().in_method(FAVORITE))?;
        if seat.favorite == favorite {
            return Ok(false);
        }
        seat.favorite = favorite;
        changed(tx, &mut seat).map(|()| true)
    })
    .await
}

/// Ignores another member of a room, whose messages the caller is not notified of any more; or takes that back.
///
/// # Errors
/// `error-invalid-subscription` unless both are members of the room; a plain text for more than a thousand.
pub async fn ignore(cx: &Caller, rid: &RoomId, other: &UserId, ignored: bool) -> Result<()> {
    let (room, other) = (rid.clone(), other.clone());
    change(cx, rid, IGNORE, move |tx, settings| {
        if tx.subscriptions().get(&room, &other)?.is_none() {
            return Err(no_member(IGNORE));
        }
        let mut list: Vec<&str> = settings.ignored().filter(|id| *id != other.as_str()).collect();
        if ignored {
            if list.len() >= MOST_IGNORED {
                return Err(Error::text(format!("No more than {MOST_IGNORED} members of a room can be ignored")));
            }
            list.push(other.as_str());
        }
        let list = Value::from(list);
        settings.0.insert("ignored".to_owned(), list);
        Ok(())
    })
    .await
}

/// What holds for a member of a room: what was set for it, and where that says nothing what the member prefers everywhere.
pub(super) fn in_force(mut settings: SubscriptionSettings, preferences: &Map<String, Value>) -> SubscriptionSettings {
    for channel in CHANNELS {
        if channel.chosen(&settings).is_some() {
            continue;
        }
        settings.0.remove(channel.key);
        settings.0.remove(channel.origin);
        let preferred = preferences.get(channel.preference).and_then(Value::as_str);
        if let Some(preferred) = preferred.filter(|word| Notify::from_word(word).is_some()) {
            settings.0.insert(channel.key.to_owned(), preferred.into());
            settings.0.insert(channel.origin.to_owned(), "user".into());
        }
    }
    settings
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(key: &str, value: &str) -> Result<Setting, String> {
        Setting::read(key, value).map_err(|error| error.to_string())
    }

    fn settings(document: Value) -> SubscriptionSettings {
        SubscriptionSettings(document.as_object().cloned().unwrap())
    }

    #[test]
    fn takes_the_fields_there_are_with_the_values_they_have() {
        let field = Err("Invalid settings field [error-invalid-settings]".to_owned());
        let value = Err("Invalid settings value [error-invalid-settings]".to_owned());
        for unknown in ["", "roles", "ignored", "status", "desktopPrefOrigin", "__proto__"] {
            assert_eq!(read(unknown, "all"), field, "{unknown}");
        }
        for channel in ["desktopNotifications", "mobilePushNotifications", "emailNotifications", "unreadAlert"] {
            for wrong in ["", "1", "ALL", "user"] {
                assert_eq!(read(channel, wrong), value, "{channel} {wrong}");
            }
        }
        assert_eq!(read("audioNotificationValue", &"x".repeat(LONGEST_SOUND + 1)), value);
        for switch in SWITCHES {
            for (text, on) in [("1", true), ("0", false), ("", false), ("true", false)] {
                assert_eq!(read(switch, text), Ok(Setting::Plain(switch, Some(on.into()))));
            }
        }
    }

    #[test]
    fn the_default_is_nothing_of_ones_own() {
        let mut kept = SubscriptionSettings::default();
        for (key, value) in
            [("desktopNotifications", "nothing"), ("unreadAlert", "mentions"), ("audioNotificationValue", "beep")]
        {
            Setting::read(key, value).unwrap().apply(&mut kept);
        }
        let expected = json!({
            "desktopNotifications": "nothing", "desktopPrefOrigin": "subscription", "unreadAlert": "mentions",
            "audioNotificationValue": "beep",
        });
        assert_eq!(kept, settings(expected));
        for key in ["desktopNotifications", "unreadAlert", "audioNotificationValue"] {
            Setting::read(key, "default").unwrap().apply(&mut kept);
        }
        assert_eq!(kept, settings(json!({ "unreadAlert": "default" })));
    }

    #[test]
    fn preferences_hold_where_the_room_says_nothing() {
        let preferences = json!({ "desktopNotifications": "mentions", "pushNotifications": "nothing", "emailNotificationMode": "default" });
        let own = settings(
            json!({ "mobilePushNotifications": "all", "mobilePrefOrigin": "subscription", "emailNotifications": "all", "emailPrefOrigin": "user" }),
        );
        let expected = json!({
            "desktopNotifications": "mentions", "desktopPrefOrigin": "user",
            "mobilePushNotifications": "all", "mobilePrefOrigin": "subscription",
        });
        assert_eq!(in_force(own, preferences.as_object().unwrap()), settings(expected));
    }
}
