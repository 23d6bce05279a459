//! Query strings: nested brackets as in `qs`, and the liberties that clients take.
//!
//! - `k[]=a&k[]=b`, `k=a&k=b` and `k[1]=b&k[0]=a` are arrays; `k[a]=b` is an object.
//! - A plain or list value that is empty, or the text `undefined`, is absent; in an object it stays, so that an operator
//!   (`id[$ne]=`) is refused and not overlooked.
//! - One stray `?` may end the last value.

use super::{ParamsError, Source};
use percent_encoding::percent_decode;
use serde_json::{Map, Value};

/// The longest query string in bytes, as it came.
const LONGEST: usize = 64 * 1024;
/// The most `key=value` pairs.
const MOST_PAIRS: usize = 1_000;
/// The most brackets after a key.
const DEEPEST: usize = 5;

/// Reads a query string (without its `?`) into a tree of texts; which of them are numbers, lists or JSON is for the
/// description to say.
///
/// # Errors
/// 400 `Invalid query parameters` where it is too long, has too many keys, nests too deeply or is not UTF-8;
/// `error-invalid-params` for a NUL.
pub fn parse(raw: &str) -> Result<Map<String, Value>, ParamsError> {
    let raw = raw.strip_suffix('?').unwrap_or(raw);
    let pairs = pairs(raw.as_bytes()).filter(|_| raw.len() <= LONGEST).ok_or_else(ParamsError::unreadable_query)?;
    let mut root = Map::new();
    for pair in pairs {
        let (key, value) = pair.ok_or_else(ParamsError::unreadable_query)?;
        if key.contains('\0') || value.contains('\0') {
            return Err(ParamsError::nul(Source::Query));
        }
        let (name, path) = path(&key);
        if path.len() > DEEPEST {
            return Err(ParamsError::unreadable_query());
        }
        if !name.is_empty() && !is_absent(&path, &value) {
            insert(&mut root, name, &path, value);
        }
    }
    Ok(root.into_iter().map(|(key, value)| (key, settle(value))).collect())
}

/// The pairs of a query string or form, decoded: `None` for one that is not UTF-8, or for all if they are too many.
pub(super) fn pairs(raw: &[u8]) -> Option<impl Iterator<Item = Option<(String, String)>>> {
    let parts = raw.split(|&byte| byte == b'&').filter(|part| !part.is_empty());
    let few = parts.clone().take(MOST_PAIRS + 1).count() <= MOST_PAIRS;
    few.then(|| {
        parts.map(|part| {
            let end = part.iter().position(|&byte| byte == b'=').unwrap_or(part.len());
            Some((decode(&part[..end])?, decode(part.get(end + 1..).unwrap_or_default())?))
        })
    })
}

fn decode(part: &[u8]) -> Option<String> {
    let spaced: Vec<u8> = part.iter().map(|&byte| if byte == b'+' { b' ' } else { byte }).collect();
    percent_decode(&spaced).decode_utf8().ok().map(String::from)
}

/// `a[b][]` → `a` and `b`, ``. What is not well bracketed is a plain key.
fn path(key: &str) -> (&str, Vec<&str>) {
    brackets(key).unwrap_or_else(|| (key, Vec::new()))
}

fn brackets(key: &str) -> Option<(&str, Vec<&str>)> {
    let (name, rest) = key.split_once('[')?;
    let inner = rest.strip_suffix(']')?;
    let path: Vec<&str> = inner.split("][").collect();
    let plain = !name.is_empty() && path.iter().all(|step| !step.contains(['[', ']']));
    plain.then_some((name, path))
}

fn is_absent(path: &[&str], value: &str) -> bool {
    path.iter().all(|step| step.is_empty()) && (value.is_empty() || value == "undefined")
}

/// Puts the value where the path leads. A step without a name is the next free place of a list.
fn insert(map: &mut Map<String, Value>, step: &str, path: &[&str], value: String) {
    let key = match step {
        "" => (map.len()..).map(|index| index.to_string()).find(|key| !map.contains_key(key)).unwrap_or_default(),
        name => name.to_owned(),
    };
    let grown = grow(map.remove(&key), path, value);
    map.insert(key, grown);
}

/// What is there already and the new value. A key given twice becomes a list.
fn grow(there: Option<Value>, path: &[&str], value: String) -> Value {
    let mut map = match (there, path) {
        (None, []) => return Value::String(value),
        (None, _) => Map::new(),
        (Some(Value::Object(map)), _) => map,
        (Some(first), _) => Map::from_iter([("0".to_owned(), first)]),
    };
    let (step, rest) = path.split_first().map_or(("", path), |(step, rest)| (*step, rest));
    insert(&mut map, step, rest, value);
    Value::Object(map)
}

/// A map whose keys are all numbers is a list in their order.
fn settle(value: Value) -> Value {
    let Value::Object(map) = value else { return value };
    let settled = map.into_iter().map(|(key, value)| (key, settle(value)));
    let (keys, values): (Vec<String>, Vec<Value>) = settled.unzip();
    match keys.iter().map(|key| key.parse().ok()).collect::<Option<Vec<usize>>>() {
        Some(indices) => {
            let mut items: Vec<(usize, Value)> = indices.into_iter().zip(values).collect();
            items.sort_by_key(|(index, _)| *index);
            items.into_iter().map(|(_, value)| value).collect()
        }
        None => Value::Object(keys.into_iter().zip(values).collect()),
    }
}
