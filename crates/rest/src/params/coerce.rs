//! What becomes of a scalar of the wrong type, and of an array or object that came as text.

use super::body;
use super::schema::{Kind, Schema};
use serde_json::{Number, Value};

/// Whether the value is of the type already.
pub(super) fn fits(schema: &Schema, value: &Value) -> bool {
    if schema.nullable && value.is_null() {
        return true;
    }
    match schema.kind {
        Kind::Any | Kind::OneOf(_) | Kind::AnyOf(_) => true,
        Kind::Text => value.is_string(),
        Kind::Number => value.is_number(),
        Kind::Integer => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        Kind::Boolean => value.is_boolean(),
        Kind::List(_) => value.is_array(),
        Kind::Map | Kind::Object(_) => value.is_object(),
    }
}

/// Makes the value one of the type, as ajv's `coerceTypes` does; whether that could be done.
pub(super) fn coerce(schema: &Schema, value: &mut Value) -> bool {
    let coerced = match schema.kind {
        Kind::Text => text(value).map(Value::String),
        Kind::Number => number(value).map(Value::Number),
        Kind::Integer => number(value).filter(is_whole).map(Value::Number),
        Kind::Boolean => boolean(value).map(Value::Bool),
        _ => None,
    };
    let coerced = coerced.or_else(|| (schema.nullable && is_nothing(value)).then_some(Value::Null));
    coerced.map(|coerced| *value = coerced).is_some()
}

/// What the query string could only say as text: `a,b` and `["a"]` for an array, a single value for an array of one,
/// `{…}` for an object. What cannot be read so stays, to be refused by its type.
pub(super) fn unpack(kind: Kind, value: &mut Value) {
    let unpacked = match (kind, &*value) {
        (Kind::List(_), Value::String(text)) => Some(json(text, '[').unwrap_or_else(|| pieces(text))),
        (Kind::List(_), Value::Bool(_) | Value::Number(_)) => Some(Value::Array(vec![value.take()])),
        (Kind::Map | Kind::Object(_), Value::String(text)) => json(text, '{'),
        _ => None,
    };
    if let Some(unpacked) = unpacked {
        *value = unpacked;
    }
}

fn json(text: &str, opening: char) -> Option<Value> {
    text.trim_start().starts_with(opening).then(|| body::json(text.as_bytes()).ok()).flatten()
}

fn pieces(text: &str) -> Value {
    text.split(',').filter(|piece| !piece.is_empty()).map(Value::from).collect()
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Number(number) => Some(spelled(number)),
        _ => None,
    }
}

/// As JavaScript writes it, except that long integers keep all their digits.
fn spelled(number: &Number) -> String {
    let Some(float) = number.as_f64().filter(|_| number.is_f64()) else { return number.to_string() };
    let size = float.abs();
    if size == 0.0 {
        "0".into()
    } else if size >= 1e21 {
        format!("{float:e}").replace('e', "e+")
    } else if size < 1e-6 {
        format!("{float:e}")
    } else {
        float.to_string()
    }
}

fn number(value: &Value) -> Option<Number> {
    match value {
        Value::Null => Some(0.into()),
        Value::Bool(flag) => Some(u8::from(*flag).into()),
        Value::String(text) => read(text),
        _ => None,
    }
}

/// As JavaScript reads it (`+text`); infinity, which JSON cannot say, is none.
fn read(text: &str) -> Option<Number> {
    let digits = text.trim();
    if digits.is_empty() {
        return (!text.is_empty()).then(|| 0.into());
    }
    if let Some(whole) = digits.parse::<i64>().ok().or_else(|| prefixed(digits)) {
        return Some(whole.into());
    }
    let decimal = digits.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    digits.parse().ok().filter(|_| decimal).and_then(Number::from_f64)
}

fn prefixed(digits: &str) -> Option<i64> {
    let (prefix, rest) = digits.split_at_checked(2)?;
    let radix = match prefix {
        "0x" | "0X" => 16,
        "0o" | "0O" => 8,
        "0b" | "0B" => 2,
        _ => return None,
    };
    i64::from_str_radix(rest, radix).ok().filter(|_| !rest.starts_with(['+', '-']))
}

fn is_whole(number: &Number) -> bool {
    number.as_f64().is_some_and(|number| number.fract() == 0.0)
}

fn boolean(value: &Value) -> Option<bool> {
    match value {
        Value::Null => Some(false),
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => match number.as_f64()? {
            0.0 => Some(false),
            1.0 => Some(true),
            _ => None,
        },
        _ => None,
    }
}

/// What ajv takes for `null`.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Bool(flag) => !flag,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}
