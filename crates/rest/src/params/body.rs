//! Bodies: JSON, and forms.

use super::query::pairs;
use super::{ParamsError, Source};
use serde_json::{Map, Value};

/// The most arrays and objects inside one another.
const DEEPEST: usize = 64;

/// Reads a body of the given `Content-Type` (anything but a form is taken for JSON; nothing at all is `{}`).
///
/// A form is a flat object of texts; if it has the field `payload`, that text is the real body, as JSON.
///
/// # Errors
/// 400 `invalid-params` for what is not JSON, nests too deeply or holds a NUL.
pub fn parse(content_type: Option<&str>, body: &[u8]) -> Result<Value, ParamsError> {
    if body.trim_ascii().is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    if content_type.is_some_and(is_form) { form(body) } else { json(body) }
}

fn is_form(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

fn form(body: &[u8]) -> Result<Value, ParamsError> {
    let unreadable = || ParamsError::new(Source::Body, "Invalid form in the request body");
    let mut map = Map::new();
    for pair in pairs(body.trim_ascii()).ok_or_else(unreadable)? {
        let (key, value) = pair.ok_or_else(unreadable)?;
        if key.contains('\0') || value.contains('\0') {
            return Err(ParamsError::nul(Source::Body));
        }
        map.insert(key, Value::String(value));
    }
    match map.get("payload") {
        Some(Value::String(payload)) => json(payload.as_bytes()),
        _ => Ok(Value::Object(map)),
    }
}

/// JSON of bounded depth and without NUL. Lone surrogates are no JSON here.
pub(crate) fn json(text: &[u8]) -> Result<Value, ParamsError> {
    let shape = Shape::of(text);
    if shape.depth > DEEPEST {
        return Err(ParamsError::new(Source::Body, "JSON in the request body is nested too deeply"));
    }
    let value = serde_json::from_slice(text).map_err(|_| ParamsError::unreadable_body())?;
    if shape.nul { Err(ParamsError::nul(Source::Body)) } else { Ok(value) }
}

/// What one pass over the bytes tells, before anything is built from them.
#[derive(Default)]
struct Shape {
    depth: usize,
    nul: bool,
}

impl Shape {
    fn of(text: &[u8]) -> Self {
        let (mut shape, mut open, mut quoted) = (Self::default(), 0_usize, false);
        let mut bytes = text.iter().enumerate();
        while let Some((at, byte)) = bytes.next() {
            match byte {
                b'"' => quoted = !quoted,
                b'\\' if quoted => {
                    bytes.next();
                    shape.nul |= text[at..].starts_with(b"\\u0000");
                }
                b'[' | b'{' if !quoted => open += 1,
                b']' | b'}' if !quoted => open = open.saturating_sub(1),
                _ => {}
            }
            shape.depth = shape.depth.max(open);
        }
        shape
    }
}
