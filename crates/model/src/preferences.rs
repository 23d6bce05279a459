//! What users prefer: the keys there are, their types, and the defaults that settings give.

use crate::{Error, Result, Settings};
use serde_json::{Map, Value};

/// What the settings that give defaults start with: `Accounts_Default_User_Preferences_<key>`.
pub const DEFAULT_PREFIX: &str = "Accounts_Default_User_Preferences_";

/// The longest text of a preference, in bytes.
const MAX_TEXT: usize = 4096;
/// The longest list of a preference.
const MAX_LIST: usize = 1000;

/// Most bytes of what is set in one go.
const MAX_BYTES: usize = 32 * 1024;

/// What the value of a preference is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PreferenceKind {
    /// On or off.
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A text.
    Text,
    /// Texts.
    Texts,
    /// Objects, such as `{action, label}`.
    Objects,
}

use PreferenceKind::{Boolean, Integer, Number, Objects, Text, Texts};

/// The keys that `users.setPreferences` takes in `data`, with their types.
pub const PREFERENCES: &[(&str, PreferenceKind)] = &[
    ("alsoSendThreadToChannel", Text),
    ("autoImageLoad", Boolean),
    ("clockMode", Integer),
    ("collapseMediaByDefault", Boolean),
    ("convertAsciiEmoji", Boolean),
    ("desktopNotificationRequireInteraction", Boolean),
    ("desktopNotificationVoiceCalls", Boolean),
    ("desktopNotifications", Text),
    ("displayAvatars", Boolean),
    ("dontAskAgainList", Objects),
    ("emailNotificationMode", Text),
    ("enableAutoAway", Boolean),
    ("enableMobileRinging", Boolean),
    ("featuresPreview", Objects),
    ("fontSize", Text),
    ("hideFlexTab", Boolean),
    ("hideRoles", Boolean),
    ("hideUsernames", Boolean),
    ("highlights", Texts),
    ("idleTimeLimit", Integer),
    ("language", Text),
    ("masterVolume", Number),
    ("messageViewMode", Integer),
    ("muteFocusedConversations", Boolean),
    ("newMessageNotification", Text),
    ("newRoomNotification", Text),
    ("notificationsSoundVolume", Integer),
    ("notifyCalendarEvents", Boolean),
    ("omnichannelHideConversationAfterClosing", Boolean),
    ("omnichannelTranscriptEmail", Boolean),
    ("omnichannelTranscriptPDF", Boolean),
    ("pushNotifications", Text),
    ("receiveLoginDetectionEmail", Boolean),
    ("saveMobileBandwidth", Boolean),
    ("sendOnEnter", Text),
    ("showThreadsInMainChannel", Boolean),
    ("sidebarDisplayAvatar", Boolean),
    ("sidebarGroupByType", Boolean),
    ("sidebarSectionsOrder", Texts),
    ("sidebarShowFavorites", Boolean),
    ("sidebarShowUnread", Boolean),
    ("sidebarSortby", Text),
    ("sidebarViewMode", Text),
    ("themeAppearence", Text),
    ("unreadAlert", Boolean),
    ("useEmojis", Boolean),
    ("utcOffset", Number),
    ("voipRingerVolume", Number),
];

/// The kind of one preference; `None` when there is none of that name.
pub fn preference_kind(key: &str) -> Option<PreferenceKind> {
    PREFERENCES.binary_search_by_key(&key, |&(name, _)| name).ok().map(|at| PREFERENCES[at].1)
}

/// The preferences of somebody who has changed none: what the settings give.
pub fn default_preferences(settings: &Settings) -> Map<String, Value> {
    let given = settings.public().filter_map(|one| {
        let key = one.id.strip_prefix(DEFAULT_PREFIX)?;
        Some((key.to_owned(), listed(key, one.value.into_owned())))
    });
    given.collect()
}

/// A default that is a list, of a setting that spells it as JSON text.
fn listed(key: &str, value: Value) -> Value {
    match (preference_kind(key), &value) {
        (Some(Texts | Objects), Value::String(text)) => {
            serde_json::from_str(text).unwrap_or_else(|_| Value::Array(Vec::new()))
        }
        _ => value,
    }
}

/// The preferences in force for somebody: the defaults, and their own over them.
pub fn effective_preferences(settings: &Settings, own: &Map<String, Value>) -> Map<String, Value> {
    let mut all = default_preferences(settings);
    all.extend(own.iter().map(|(key, value)| (key.clone(), value.clone())));
    all
}

/// Checks the preferences that somebody wants to have, and returns them in their types.
///
/// Scalars stand for one another where they can (`"5"` for 5, 1 for `true`, `null` for nothing). Fails with
/// `invalid-params` for unknown keys, other types, and texts and lists that are too long.
pub fn accept_preferences(data: &Map<String, Value>) -> Result<Map<String, Value>> {
    let unknown = data.keys().any(|key| preference_kind(key).is_none());
    if unknown {
        return Err(invalid("must NOT have additional properties"));
    }
    let typed = |(key, value): (&String, &Value)| {
        let kind = preference_kind(key).unwrap_or(Text);
        kind.accept(value).map(|value| (key.clone(), value)).map_err(invalid)
    };
    let accepted: Map<String, Value> = data.iter().map(typed).collect::<Result<_>>()?;
    match serde_json::to_string(&accepted).is_ok_and(|text| text.len() <= MAX_BYTES) {
        true => Ok(accepted),
        false => Err(invalid("must NOT have more than 32768 bytes")),
    }
}

/// The words that somebody wants to be told of, trimmed and without empty ones.
pub fn highlights(own: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let words = own.get("highlights").and_then(Value::as_array).into_iter().flatten();
    words.filter_map(Value::as_str).map(str::trim).filter(|word| !word.is_empty())
}

fn invalid(text: &'static str) -> Error {
    Error::new("invalid-params", text)
}

impl PreferenceKind {
    fn accept(self, value: &Value) -> Result<Value, &'static str> {
        match self {
            Boolean => boolean(value).map(Value::Bool).ok_or("must be boolean"),
            Integer => {
                number(value).filter(|number| number.as_i64().is_some()).map(Value::Number).ok_or("must be integer")
            }
            Number => number(value).map(Value::Number).ok_or("must be number"),
            Text => text(value).map(Value::String),
            Texts => list(value, |item| text(item).map(Value::String)),
            Objects => list(value, object),
        }
    }
}

fn boolean(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(on) => Some(*on),
        Value::Null => Some(false),
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => match number.as_i64()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        },
        _ => None,
    }
}

/// A number; one without a fraction is whole.
fn number(value: &Value) -> Option<serde_json::Number> {
    let number = match value {
        Value::Number(number) => number.clone(),
        Value::String(text) => text.trim().parse().ok()?,
        Value::Bool(on) => i64::from(*on).into(),
        Value::Null => 0.into(),
        _ => return None,
    };
    let float = number.as_f64()?;
    let whole = float.fract() == 0.0 && float.abs() < 9e15;
    Some(if whole { (float as i64).into() } else { number })
}

fn text(value: &Value) -> Result<String, &'static str> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        _ => return Err("must be string"),
    };
    if text.len() <= MAX_TEXT { Ok(text) } else { Err("must NOT have more than 4096 characters") }
}

/// An object whose values are scalars of bounded length.
fn object(value: &Value) -> Result<Value, &'static str> {
    let fields = value.as_object().ok_or("must be object")?;
    if fields.len() > 10 {
        return Err("must NOT have more than 10 properties");
    }
    for (key, field) in fields {
        if key.len() > MAX_TEXT || text(field).is_err() {
            return Err("must be string");
        }
    }
    Ok(value.clone())
}

fn list(value: &Value, item: impl Fn(&Value) -> Result<Value, &'static str>) -> Result<Value, &'static str> {
    let items = value.as_array().ok_or("must be array")?;
    if items.len() > MAX_LIST {
        return Err("must NOT have more than 1000 items");
    }
    items.iter().map(item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Millis, SettingBase};
    use serde_json::json;

    fn settings() -> Settings {
        Settings::new(SettingBase::new(Millis(0)), [])
    }

    fn accept(data: Value) -> Result<Value> {
        accept_preferences(data.as_object().unwrap()).map(Value::Object)
    }

    #[test]
    fn keys_are_sorted_for_the_search() {
        assert!(PREFERENCES.is_sorted_by_key(|&(name, _)| name));
        assert!(PREFERENCES.iter().all(|&(name, kind)| preference_kind(name) == Some(kind)));
    }

    #[test]
    fn defaults_come_from_the_settings() {
        let all = default_preferences(&settings());
        assert_eq!(all["sidebarViewMode"], "medium");
        assert_eq!(all["enableAutoAway"], true);
        assert_eq!(all["idleTimeLimit"], 300);
        assert_eq!(all["notificationsSoundVolume"], 100);
        assert!(all.len() > 30);
    }

    #[test]
    fn every_default_has_a_key_that_can_be_set() {
        for (key, value) in default_preferences(&settings()) {
            let kind = preference_kind(&key).unwrap_or_else(|| panic!("{key}"));
            assert_eq!(kind.accept(&value), Ok(value), "{key}");
        }
    }

    #[test]
    fn own_ones_lie_over_the_defaults() {
        let own = json!({"sidebarViewMode": "condensed", "highlights": [" deploy ", ""]});
        let all = effective_preferences(&settings(), own.as_object().unwrap());
        assert_eq!((&all["sidebarViewMode"], &all["useEmojis"]), (&json!("condensed"), &json!(true)));
        assert_eq!(highlights(&all).collect::<Vec<_>>(), ["deploy"]);
    }

    #[test]
    fn scalars_stand_for_one_another() {
        let sent =
            json!({"useEmojis": "true", "hideRoles": 1, "clockMode": "2", "messageViewMode": 1.0, "language": null});
        let kept = json!({"useEmojis": true, "hideRoles": true, "clockMode": 2, "messageViewMode": 1, "language": ""});
        assert_eq!(accept(sent).unwrap(), kept);
    }

    #[test]
    fn other_types_are_refused() {
        let text = |data| accept(data).unwrap_err().to_string();
        assert_eq!(text(json!({"useEmojis": "maybe"})), "must be boolean [invalid-params]");
        assert_eq!(text(json!({"clockMode": 1.5})), "must be integer [invalid-params]");
        assert_eq!(text(json!({"masterVolume": "loud"})), "must be number [invalid-params]");
        assert_eq!(text(json!({"language": {"$ne": ""}})), "must be string [invalid-params]");
        assert_eq!(text(json!({"highlights": "deploy"})), "must be array [invalid-params]");
        assert_eq!(text(json!({"dontAskAgainList": ["x"]})), "must be object [invalid-params]");
        assert_eq!(text(json!({"isAdmin": true})), "must NOT have additional properties [invalid-params]");
        assert_eq!(text(json!({"highlights": vec!["x"; 1001]})), "must NOT have more than 1000 items [invalid-params]");
        let long = json!({"highlights": vec!["x".repeat(100); 400]});
        assert_eq!(text(long), "must NOT have more than 32768 bytes [invalid-params]");
    }
}
