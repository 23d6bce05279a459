//! Documents of a client's own, as they may be kept: they are shown to others over REST and DDP as they are.
//!
//! DDP's clients read an object with a `$` key as a date, bytes, a pattern or a type, and some give up on a type they do
//! not know, so such a key would break what others see. Dates become texts, which both wires read alike; there is no
//! other use for one.

use gantry_model::{Error, Millis, Result};
use serde_json::{Map, Value};

/// Makes `value` plain. How deep it may be was checked before.
///
/// # Errors
/// A plain text for a key that begins with `$`.
pub(super) fn plain(value: &mut Value) -> Result<()> {
    match value {
        Value::Array(items) => items.iter_mut().try_for_each(plain),
        Value::Object(fields) => match date(fields) {
            Some(date) => {
                *value = Value::from(date.iso());
                Ok(())
            }
            None => plain_fields(fields),
        },
        _ => Ok(()),
    }
}

/// Makes the values of `fields` plain.
///
/// # Errors
/// As [`plain`].
pub(super) fn plain_fields(fields: &mut Map<String, Value>) -> Result<()> {
    if let Some(key) = fields.keys().find(|key| key.starts_with('$')) {
        return Err(Error::text(format!("The field {key} must not start with '$'")));
    }
    fields.values_mut().try_for_each(plain)
}

/// The instant that an object of one field stands for.
fn date(fields: &Map<String, Value>) -> Option<Millis> {
    fields.get("$date").filter(|_| fields.len() == 1)?.as_i64().map(Millis)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn dates_become_texts_and_other_forms_are_refused() {
        let mut document = json!([{ "ts": { "$date": 1_785_585_600_000_i64 }, "a": [{ "b": "$c" }] }]);
        plain(&mut document).unwrap();
        assert_eq!(document, json!([{ "ts": "2026-08-01T12:00:00.000Z", "a": [{ "b": "$c" }] }]));
        for refused in [
            json!({ "$type": "x", "$value": 1 }),
            json!([{ "a": { "$binary": "aGk=" } }]),
            json!({ "$date": "soon" }),
            json!({ "$date": 1, "x": 1 }),
            json!({ "$escape": { "$date": 1 } }),
            json!({ "$InfNaN": 1 }),
        ] {
            assert!(plain(&mut refused.clone()).is_err(), "{refused}");
        }
    }
}
