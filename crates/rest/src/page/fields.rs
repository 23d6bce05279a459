//! `fields`: which keys of a document are sent.

use super::{HIDDEN, invalid, ordered};
use gantry_model::Result;
use serde_json::{Map, Value};

/// A projection, applied to documents that are ready to be sent.
///
/// With a `1` in it only the named fields and `_id` are kept; with nothing but `0` all but the named ones. What is hidden on
/// every route, or on this one, is never kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    kept: Vec<String>,
    dropped: Vec<String>,
    hidden: Vec<&'static str>,
}

impl Fields {
    /// Reads a JSON object of fields (`a.b` for a field of a field) and `0` or `1`. `hidden` are the fields that this route
    /// keeps to itself.
    ///
    /// # Errors
    /// `error-invalid-fields`.
    pub fn parse(raw: &str, hidden: &[&'static str]) -> Result<Self> {
        let mut fields = Self { hidden: [&HIDDEN, hidden].concat(), ..Self::default() };
        for (path, value) in ordered(raw).ok_or_else(|| invalid("fields", raw))? {
            fields.add(path, &value).map_err(|()| invalid("fields", raw))?;
        }
        Ok(fields)
    }

    fn add(&mut self, path: String, value: &Value) -> Result<(), ()> {
        let keep = match value.as_f64() {
            Some(1.0) => true,
            Some(0.0) => false,
            _ => return Err(()),
        };
        let root = path.split('.').next().unwrap_or_default();
        if !self.hidden.contains(&root) {
            if keep { self.kept.push(path) } else { self.dropped.push(path) }
        }
        Ok(())
    }

    /// The document with what is asked for.
    #[must_use]
    pub fn apply(&self, document: Value) -> Value {
        let Value::Object(map) = document else { return document };
        let mut map = self.selected(map);
        for path in &self.dropped {
            drop_path(&mut map, path);
        }
        map.retain(|key, _| !self.hidden.contains(&key.as_str()));
        Value::Object(map)
    }

    fn selected(&self, map: Map<String, Value>) -> Map<String, Value> {
        if self.kept.is_empty() {
            return map;
        }
        let paths: Vec<&str> = self.kept.iter().map(String::as_str).chain(["_id"]).collect();
        keep_paths(map, &paths)
    }
}

fn keep_paths(map: Map<String, Value>, paths: &[&str]) -> Map<String, Value> {
    let kept = map.into_iter().filter_map(|(key, value)| {
        let below: Vec<Option<&str>> = paths.iter().filter_map(|path| after(path, &key)).collect();
        let value = match below.iter().copied().collect::<Option<Vec<&str>>>() {
            _ if below.is_empty() => return None,
            Some(inner) => keep_within(value, &inner)?,
            None => value,
        };
        Some((key, value))
    });
    kept.collect()
}

/// A field of a field exists only in objects, and in the objects of a list.
fn keep_within(value: Value, paths: &[&str]) -> Option<Value> {
    match value {
        Value::Object(map) => Some(Value::Object(keep_paths(map, paths))),
        Value::Array(items) => Some(items.into_iter().filter_map(|item| keep_within(item, paths)).collect()),
        _ => None,
    }
}

fn drop_path(map: &mut Map<String, Value>, path: &str) {
    match path.split_once('.') {
        None => drop(map.remove(path)),
        Some((key, rest)) => map.get_mut(key).into_iter().for_each(|value| drop_within(value, rest)),
    }
}

fn drop_within(value: &mut Value, path: &str) {
    match value {
        Value::Object(map) => drop_path(map, path),
        Value::Array(items) => items.iter_mut().for_each(|item| drop_within(item, path)),
        _ => {}
    }
}

/// What `path` says below `key`: `Some(None)` for the key itself, `None` if it leads elsewhere.
fn after<'a>(path: &'a str, key: &str) -> Option<Option<&'a str>> {
    let rest = path.strip_prefix(key)?;
    if rest.is_empty() { Some(None) } else { rest.strip_prefix('.').map(Some) }
}
