//! What may be written.

use super::{SettingDef, SettingKind, Settings, WITHHELD, definition};
use crate::capability::refusal;
use crate::{Error, Millis, Result};
use serde_json::{Value, json};

/// The longest text, in bytes.
const MAX_TEXT: usize = 256 * 1024;
/// The longest list.
const MAX_LIST: usize = 1000;
/// The whole numbers that every client can hold exactly.
const MAX_NUMBER: i64 = (1 << 53) - 1;

/// What to do with a value that was sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Accepted {
    /// Store this.
    Value(Value),
    /// Nothing: a withheld secret came back as it had been shown.
    Unchanged,
}

impl Settings {
    /// Checks a value that somebody wants a setting to have.
    ///
    /// Fails with `error-invalid-setting` (there is none of that name), `error-action-not-allowed` (read-only, fixed by the
    /// configuration, or of a feature that is not offered), `Match error: …` (of another type) or `Invalid setting value …`.
    /// No failure repeats a secret.
    pub fn accept(&self, id: &str, value: &Value) -> Result<Accepted> {
        let one = writable(id)?;
        if self.is_overridden(id) {
            return Err(fixed(one, "is fixed by the configuration of the server"));
        }
        if one.secret && value == WITHHELD {
            return Ok(Accepted::Unchanged);
        }
        let value = typed(one, value).map_err(|problem| problem.of(one))?;
        match one.requires {
            Some(needed) if !self.capabilities().has(needed) && value != one.off() => {
                Err(refusal(needed, &format!("{id} cannot be changed")))
            }
            _ => Ok(Accepted::Value(value)),
        }
    }
}

fn writable(id: &str) -> Result<&'static SettingDef> {
    let found = definition(id).filter(|one| !one.hidden && one.kind != SettingKind::Group);
    let one = found.ok_or_else(|| Error::new("error-invalid-setting", format!("There is no setting \"{id}\"")))?;
    match one.kind {
        SettingKind::Action => Err(fixed(one, "is an action and has no value to set")),
        SettingKind::Asset => Err(fixed(one, "is a picture: upload it instead")),
        _ if one.read_only => Err(fixed(one, "is read-only")),
        _ => Ok(one),
    }
}

fn fixed(one: &SettingDef, why: &str) -> Error {
    let error = Error::new("error-action-not-allowed", format!("{} {why}", one.id));
    error.with_details(json!({ "settingId": one.id }))
}

/// Why a value does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// It is of another type.
    Type { expected: &'static str, got: &'static str },
    /// It is of the right type and still none the setting can have.
    Value { shown: String, expected: String },
}

impl Problem {
    fn value(shown: impl ToString, expected: impl Into<String>) -> Self {
        Self::Value { shown: shown.to_string().chars().take(100).collect(), expected: expected.into() }
    }

    /// What would do, in the words of a sentence.
    pub(super) fn expected(&self) -> String {
        match self {
            Self::Type { expected: "boolean", .. } => "true or false".to_owned(),
            Self::Type { expected: "integer", .. } => "a whole number".to_owned(),
            Self::Type { expected, .. } => format!("of type {expected}"),
            Self::Value { expected, .. } => expected.clone(),
        }
    }

    fn of(self, one: &SettingDef) -> Error {
        let details = json!({ "settingId": one.id, "expected": self.expected() });
        match self {
            Self::Type { expected, got } => {
                Error::text(format!("Match error: Expected {expected}, got {got} in field {}", one.id))
            }
            Self::Value { .. } if one.secret => invalid(WITHHELD).with_details(details),
            Self::Value { shown, .. } => invalid(&shown).with_details(details),
        }
    }
}

fn invalid(shown: &str) -> Error {
    Error::new(format!("Invalid setting value {shown}"), "Invalid setting value")
}

/// The value in its setting's own type.
pub(super) fn typed(one: &SettingDef, value: &Value) -> Result<Value, Problem> {
    match one.kind {
        SettingKind::Boolean => boolean(value),
        SettingKind::Int | SettingKind::Range | SettingKind::Timespan => number(one, value),
        SettingKind::MultiSelect => choices(one, value),
        SettingKind::RoomPick => rooms(value),
        SettingKind::Select => choice(one, value),
        SettingKind::Date => date(value),
        SettingKind::Code => code(one, value),
        SettingKind::Asset | SettingKind::Group => Err(mismatch("nothing", value)),
        _ if one.id == "Site_Url" => address(value),
        _ => text(value).map(Value::String),
    }
}

fn mismatch(expected: &'static str, value: &Value) -> Problem {
    let got = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    Problem::Type { expected, got }
}

fn boolean(value: &Value) -> Result<Value, Problem> {
    match value {
        Value::Bool(_) => Ok(value.clone()),
        Value::String(text) if text == "true" => Ok(Value::Bool(true)),
        Value::String(text) if text == "false" => Ok(Value::Bool(false)),
        _ => Err(mismatch("boolean", value)),
    }
}

fn number(one: &SettingDef, value: &Value) -> Result<Value, Problem> {
    let number = whole(value).ok_or_else(|| match value {
        Value::Number(_) => Problem::value(value, "a whole number"),
        _ => mismatch("integer", value),
    })?;
    let extra = one.extra();
    let bound = |key, or| extra.get(key).and_then(Value::as_i64).unwrap_or(or);
    let (least, most) = (bound("minValue", -MAX_NUMBER), bound("maxValue", MAX_NUMBER));
    if (least..=most).contains(&number) { Ok(number.into()) } else { Err(Problem::value(number, bounds(least, most))) }
}

fn bounds(least: i64, most: i64) -> String {
    match (least, most) {
        (least, MAX_NUMBER) => format!("a whole number, at least {least}"),
        (least, most) => format!("a whole number from {least} to {most}"),
    }
}

/// A whole number, as such, as `5.0` or as text.
fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => text.trim().parse().ok(),
        _ => value.as_i64().or_else(|| {
            let float = value.as_f64()?;
            (float.fract() == 0.0 && float.abs() <= MAX_NUMBER as f64).then_some(float as i64)
        }),
    }
}

/// A text; numbers and booleans stand as their own text.
fn text(value: &Value) -> Result<String, Problem> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        _ => return Err(mismatch("string", value)),
    };
    if text.len() > MAX_TEXT {
        return Err(Problem::value("(too long)", format!("a text of at most {MAX_TEXT} bytes")));
    }
    if text.contains('\0') { Err(Problem::value("(NUL)", "a text without NUL")) } else { Ok(text) }
}

fn choice(one: &SettingDef, value: &Value) -> Result<Value, Problem> {
    let text = text(value)?;
    let choices = one.choices();
    let known = choices.contains(&text) || one.default() == *text;
    if known { Ok(Value::String(text)) } else { Err(Problem::value(text, format!("one of {}", choices.join(", ")))) }
}

fn choices(one: &SettingDef, value: &Value) -> Result<Value, Problem> {
    let items = value.as_array().ok_or_else(|| mismatch("array", value))?;
    let choices = one.choices();
    let strange = items.iter().find(|item| !item.as_str().is_some_and(|text| choices.iter().any(|one| one == text)));
    match strange {
        Some(item) => Err(Problem::value(item, format!("some of {}", choices.join(", ")))),
        None if items.len() > MAX_LIST => Err(Problem::value("(too long)", format!("at most {MAX_LIST} items"))),
        None => Ok(value.clone()),
    }
}

/// `[{_id, name}]`; nothing chosen may be the empty text.
fn rooms(value: &Value) -> Result<Value, Problem> {
    if value == "" {
        return Ok(Value::String(String::new()));
    }
    let items = value.as_array().ok_or_else(|| mismatch("array", value))?;
    let room = |item: &Value| item["_id"].is_string() && item["name"].is_string();
    if items.len() > MAX_LIST || !items.iter().all(room) {
        return Err(Problem::value("(list)", format!("at most {MAX_LIST} rooms, each with _id and name")));
    }
    Ok(items.iter().map(|item| json!({ "_id": item["_id"], "name": item["name"] })).collect())
}

fn date(value: &Value) -> Result<Value, Problem> {
    let text = text(value)?;
    match Millis::parse(&text) {
        Some(instant) => Ok(Value::String(instant.iso())),
        None => Err(Problem::value(text, "an instant such as 2026-08-01T12:00:00.000Z")),
    }
}

fn code(one: &SettingDef, value: &Value) -> Result<Value, Problem> {
    let text = text(value)?;
    let json = one.extra().get("code").is_some_and(|language| language == "application/json");
    if json && !text.trim().is_empty() && serde_json::from_str::<serde::de::IgnoredAny>(&text).is_err() {
        return Err(Problem::value(text, "a text in JSON"));
    }
    Ok(Value::String(text))
}

/// Where this server is reached; the slash at the end goes.
fn address(value: &Value) -> Result<Value, Problem> {
    let text = text(value)?;
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(char::is_whitespace) => {
            Ok(Value::String(text.trim_end_matches('/').to_owned()))
        }
        _ => Err(Problem::value(text, "an address such as https://chat.example.org")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::SettingBase;
    use super::*;
    use crate::Code;

    fn settings() -> Settings {
        Settings::new(SettingBase::new(Millis(0)), [])
    }

    fn refused(id: &str, value: Value) -> Error {
        settings().accept(id, &value).unwrap_err()
    }

    fn accepted(id: &str, value: Value) -> Value {
        match settings().accept(id, &value) {
            Ok(Accepted::Value(value)) => value,
            other => panic!("{id}: {other:?}"),
        }
    }

    #[test]
    fn every_default_is_a_value_of_its_setting() {
        for one in super::super::definitions() {
            let fits = typed(one, &one.default());
            let computed = one.id == "Site_Url";
            let none = matches!(one.kind, SettingKind::Group | SettingKind::Asset);
            assert_eq!(fits.is_err(), none || computed, "{}: {fits:?}", one.id);
        }
    }

    #[test]
    fn types_are_kept() {
        assert_eq!(accepted("Message_AllowEditing", json!("false")), json!(false));
        assert_eq!(accepted("Message_MaxAllowedSize", json!("70")), json!(70));
        assert_eq!(accepted("Message_MaxAllowedSize", json!(70.0)), json!(70));
        assert_eq!(accepted("Site_Name", json!(7)), json!("7"));
        assert_eq!(accepted("Site_Url", json!("https://a.example/")), json!("https://a.example"));
        assert_eq!(accepted("Hide_System_Messages", json!(["uj"])), json!(["uj"]));
    }

    #[test]
    fn other_types_are_named() {
        let error = refused("Message_AllowEditing", json!("maybe"));
        assert_eq!(error.to_string(), "Match error: Expected boolean, got string in field Message_AllowEditing");
        assert!(
            refused("Message_MaxAllowedSize", json!({"$gt": 0})).to_string().contains("Expected integer, got object")
        );
        assert!(refused("Site_Name", json!(["a"])).to_string().contains("Expected string, got array"));
        assert!(refused("Site_Name", Value::Null).to_string().contains("got null"));
        assert!(refused("Hide_System_Messages", json!("uj")).to_string().contains("Expected array, got string"));
    }

    #[test]
    fn other_values_are_named() {
        let error = refused("Message_MaxAllowedSize", json!(-1));
        assert_eq!(error.to_string(), "Invalid setting value [Invalid setting value -1]");
        assert_eq!(error.details().unwrap()["expected"], "a whole number from 0 to 1000000");
        assert!(refused("Message_MaxAllowedSize", json!(1.5)).is("Invalid setting value 1.5"));
        assert!(refused("Unread_Count", json!("some")).is("Invalid setting value some"));
        assert!(refused("Hide_System_Messages", json!(["uj", 3])).is("Invalid setting value 3"));
        assert!(refused("Site_Url", json!("javascript:alert(1)")).to_string().contains("Invalid setting value"));
        assert!(refused("Message_CustomFields", json!("{")).is("Invalid setting value {"));
        assert!(refused("Site_Name", json!("a\0b")).is("Invalid setting value (NUL)"));
        assert!(refused("Site_Name", json!("x".repeat(MAX_TEXT + 1))).is("Invalid setting value (too long)"));
    }

    #[test]
    fn what_is_not_built_stays_off() {
        let error = refused("FileUpload_Enabled", json!(true));
        assert_eq!(error.code(), &Code::Id("error-action-not-allowed".into()));
        assert_eq!(error.reason(), "FileUpload_Enabled cannot be changed: this server does not offer file upload");
        assert_eq!(accepted("FileUpload_Enabled", json!(false)), json!(false));
    }

    #[test]
    fn what_has_no_value_to_set_is_refused() {
        assert!(refused("Nothing", json!(1)).is("error-invalid-setting"));
        assert!(refused("Accounts", json!(1)).is("error-invalid-setting"), "a group");
        assert!(refused("Cloud_Workspace_License", json!("x")).is("error-invalid-setting"), "hidden");
        assert!(refused("uniqueID", json!("x")).is("error-action-not-allowed"));
        assert!(refused("Restart", json!("x")).is("error-action-not-allowed"));
        assert!(refused("Assets_logo", json!({})).is("error-action-not-allowed"));
    }

    #[test]
    fn secrets_do_not_come_back_in_refusals() {
        let error = refused("SMTP_Password", json!("hunter2\0"));
        let all = format!("{error} {:?}", error);
        assert!(!all.contains("hunter2"), "{all}");
        let kept = settings().accept("SMTP_Password", &json!(WITHHELD)).unwrap();
        assert_eq!(kept, Accepted::Unchanged);
    }
}
