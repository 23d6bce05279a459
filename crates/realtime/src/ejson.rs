//! EJSON: what JSON cannot say, said in objects with a `$` key.
//!
//! [`decode`] makes of a client's parameters plain JSON that typed code can read. Dates stay `{"$date": ms}` and are
//! read by [`Date`]; regular expressions and bytes stay objects, which nothing that expects a text accepts: no pattern
//! of a client is ever run.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use gantry_model::{Error, Millis};
use serde::de::{self, Deserialize, Deserializer};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// The parameters of a method or subscription, decoded; absent ones are none.
///
/// Fails with 400 `Match failed` when they are not a list.
pub fn params(raw: Option<&RawValue>) -> Result<Vec<Value>, Error> {
    let Some(raw) = raw else { return Ok(Vec::new()) };
    match serde_json::from_str(raw.get()) {
        Ok(Value::Array(list)) => Ok(list.into_iter().map(decode).collect()),
        _ => Err(Error::numbered(400, "Match failed")),
    }
}

/// Plain JSON for a client's EJSON.
///
/// | form | becomes |
/// | --- | --- |
/// | `{"$date": ms or ISO text}` | `{"$date": ms}`, whole milliseconds |
/// | `{"$InfNaN": n}` | `null`, as JSON writes such numbers |
/// | `{"$type": "oid", "$value": "…"}` | the text |
/// | `{"$escape": {…}}` | the object, its keys as they are |
/// | `{"$binary": …}`, `{"$regexp": …, "$flags": …}`, other types | themselves |
pub fn decode(value: Value) -> Value {
    match value {
        Value::Array(list) => list.into_iter().map(decode).collect(),
        Value::Object(map) => decode_object(map),
        scalar => scalar,
    }
}

fn decode_object(map: Map<String, Value>) -> Value {
    if !map.keys().any(|key| key.starts_with('$')) {
        return decode_fields(map);
    }
    match decode_form(&map) {
        Some(plain) => plain,
        None => match escaped(map) {
            Ok(inner) => decode_fields(inner),
            Err(map) => decode_fields(map),
        },
    }
}

fn decode_fields(map: Map<String, Value>) -> Value {
    map.into_iter().map(|(key, value)| (key, decode(value))).collect()
}

/// The plain value of a form that has one.
fn decode_form(map: &Map<String, Value>) -> Option<Value> {
    if let Some(date) = only(map, "$date") {
        return instant(date).map(date_object);
    }
    if only(map, "$InfNaN").is_some() {
        return Some(Value::Null);
    }
    let is_oid = map.len() == 2 && map.get("$type").is_some_and(|name| name == "oid");
    map.get("$value").filter(|value| is_oid && value.is_string()).cloned()
}

/// What an escape holds, or the map as it was.
fn escaped(mut map: Map<String, Value>) -> Result<Map<String, Value>, Map<String, Value>> {
    match only(&map, "$escape") {
        Some(Value::Object(_)) => match map.remove("$escape") {
            Some(Value::Object(inner)) => Ok(inner),
            _ => Err(map),
        },
        _ => Err(map),
    }
}

/// The value of `key` in a map that has no other.
fn only<'a>(map: &'a Map<String, Value>, key: &str) -> Option<&'a Value> {
    map.get(key).filter(|_| map.len() == 1)
}

fn date_object(date: Millis) -> Value {
    Value::Object(Map::from_iter([("$date".to_owned(), Value::from(date.0))]))
}

/// A number or a text as an instant.
fn instant(value: &Value) -> Option<Millis> {
    match value {
        Value::String(text) => Millis::parse(text),
        Value::Number(number) => number.as_i64().or_else(|| number.as_f64().map(|float| float as i64)).map(Millis),
        _ => None,
    }
}

/// An instant in any form that clients send: `{"$date": …}`, ISO 8601 text, epoch milliseconds.
pub fn as_millis(value: &Value) -> Option<Millis> {
    match value {
        Value::Object(map) => instant(only(map, "$date")?),
        scalar => instant(scalar),
    }
}

/// The bytes of `{"$binary": "<base64>"}`.
pub fn as_bytes(value: &Value) -> Option<Vec<u8>> {
    STANDARD.decode(only(value.as_object()?, "$binary")?.as_str()?).ok()
}

/// An instant among typed parameters; reads whatever [`as_millis`] does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date(pub Millis);

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        as_millis(&value).map(Self).ok_or_else(|| de::Error::custom("not a date"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn decodes_every_form() {
        let now = 1_785_585_600_000i64;
        for (ejson, plain) in [
            (json!({"$date": now}), json!({"$date": now})),
            (json!({"$date": 1.5}), json!({"$date": 1})),
            (json!({"$date": "2026-08-01T12:00:00Z"}), json!({"$date": now})),
            (json!({"$date": {}}), json!({"$date": {}})),
            (json!({"$date": 1, "x": 2}), json!({"$date": 1, "x": 2})),
            (json!([{"$InfNaN": -1}]), json!([null])),
            (json!({"$type": "oid", "$value": "0123"}), json!("0123")),
            (json!({"$type": "other", "$value": "0123"}), json!({"$type": "other", "$value": "0123"})),
            (json!({"$binary": "aGk="}), json!({"$binary": "aGk="})),
            (json!({"$escape": {"$type": "oid", "a": [{"$InfNaN": 0}]}}), json!({"$type": "oid", "a": [null]})),
            (json!({"$escape": 5}), json!({"$escape": 5})),
            (json!({"a": {"b": [{"$date": "1"}]}}), json!({"a": {"b": [{"$date": 1}]}})),
        ] {
            assert_eq!(decode(ejson.clone()), plain, "{ejson}");
        }
    }

    #[test]
    fn a_pattern_is_no_text() {
        let pattern = decode(json!({"$regexp": ".*", "$flags": "i"}));
        assert!(serde_json::from_value::<String>(pattern).is_err());
        assert!(serde_json::from_value::<String>(decode(json!({"$ne": null}))).is_err());
    }

    #[test]
    fn reads_instants() {
        let expected = Some(Millis(1_785_585_600_000));
        assert_eq!(as_millis(&json!({"$date": 1_785_585_600_000i64})), expected);
        assert_eq!(as_millis(&json!("2026-08-01T12:00:00.000Z")), expected);
        assert_eq!(as_millis(&json!(1_785_585_600_000i64)), expected);
        assert_eq!(as_millis(&json!(1.785_585_6e12)), expected);
        for none in [json!(null), json!("soon"), json!(true), json!({"$date": null}), json!({"$date": 1, "x": 1})] {
            assert_eq!(as_millis(&none), None, "{none}");
        }
        #[derive(serde::Deserialize)]
        struct Params {
            since: Date,
        }
        let params: Params = serde_json::from_value(json!({"since": {"$date": 7}})).unwrap();
        assert_eq!(params.since, Date(Millis(7)));
    }

    #[test]
    fn reads_bytes() {
        assert_eq!(as_bytes(&json!({"$binary": "aGk="})), Some(b"hi".to_vec()));
        assert_eq!(as_bytes(&json!({"$binary": "?"})), None);
        assert_eq!(as_bytes(&json!("aGk=")), None);
    }

    #[test]
    fn params_are_a_list() {
        let read = |text: &str| params(Some(&RawValue::from_string(text.into()).unwrap()));
        assert_eq!(params(None).unwrap(), Vec::<Value>::new());
        assert_eq!(read(r#"[{"$date":1},""]"#).unwrap(), [json!({"$date": 1}), json!("")]);
        assert_eq!(read("{}").unwrap_err().reason(), "Match failed");
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![Just(Value::Null), any::<i64>().prop_map(Value::from), ".{0,5}".prop_map(Value::from)];
        leaf.prop_recursive(5, 40, 5, |inner| {
            let key =
                prop_oneof!["[a-c]", Just("$date".to_owned()), Just("$escape".to_owned()), Just("$type".to_owned())];
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::vec((key, inner), 0..3)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn nothing_panics(value in any_json()) {
            let plain = decode(value);
            as_millis(&plain);
            as_bytes(&plain);
        }
    }
}
