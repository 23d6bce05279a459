//! One picture of each row's answer: what changed in the API shows as a difference, on both databases the same.
//!
//! What no two runs share stands as a word: `<id>`, `<time>`, `<token>`. Order is part of an answer and stays as it came; of long
//! lists the beginning is kept.

use gantry_rest::endpoint::Row;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Items of a list that are kept.
const KEPT: usize = 15;

/// The name of a row's picture.
fn name(row: &Row) -> String {
    format!("{}_{}", row.verb.text(), row.path.trim_start_matches('/').replace(['/', ':'], "_"))
}

/// Compares a row's answer with its picture; what is wrong when they differ. `ids` are the story's own, by their words.
pub(super) fn fault(row: &Row, answer: &Value, ids: &Map<String, Value>) -> Option<String> {
    let shown = match row.path {
        // The document itself is every row's description once more.
        "openapi.json" => json!({ "openapi": answer["openapi"], "members": keys(answer) }),
        _ => plain(answer, ids),
    };
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_sort_maps(true);
    // What changed in one shape changes many answers: all of them are shown, not the first alone.
    let same = catch_unwind(AssertUnwindSafe(|| settings.bind(|| insta::assert_json_snapshot!(name(row), shown))));
    same.err().map(|_| format!("{} differs from its picture, see above", name(row)))
}

/// Pictures of rows that are gone.
pub(super) fn left_over(rows: &[Row]) -> Vec<String> {
    let rows: BTreeSet<String> = rows.iter().map(|row| format!("{}.snap", name(row))).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/every_endpoint/snapshots");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    files.filter(|file| file.ends_with(".snap") && !rows.contains(file)).collect()
}

fn keys(object: &Value) -> Vec<&String> {
    object.as_object().map(|members| members.keys().collect()).unwrap_or_default()
}

/// The answer without what differs from run to run.
fn plain(value: &Value, ids: &Map<String, Value>) -> Value {
    match value {
        Value::String(text) => Value::String(word(text, ids)),
        Value::Number(number) if number.as_i64().is_some_and(|number| number > 1_000_000_000_000) => json!("<time>"),
        Value::Array(items) => Value::Array(beginning(items.iter().map(|item| plain(item, ids)).collect())),
        Value::Object(members) => {
            members.iter().map(|(key, member)| (word(key, ids), in_place(key, member, ids))).collect()
        }
        other => other.clone(),
    }
}

/// Members whose values say something about this run only.
fn in_place(key: &str, member: &Value, ids: &Map<String, Value>) -> Value {
    match key {
        "authToken" | "token" | "lastTokenPart" if member.is_string() => json!("<token>"),
        "_id" | "id" | "rid" | "uid" | "userId" if is_made_up(member, ids) => json!("<id>"),
        "version" | "minimumClientVersions" | "hash" | "uniqueId" => json!("<of the release>"),
        "os" | "process" | "database" if member.is_object() => json!("<of the machine>"),
        // Text that is JSON.
        "message" => match member.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok()) {
            Some(inner) if inner.is_object() => json!({ "<JSON>": plain(&inner, ids) }),
            _ => plain(member, ids),
        },
        _ => plain(member, ids),
    }
}

/// An id that is not the story's own.
fn is_made_up(member: &Value, ids: &Map<String, Value>) -> bool {
    let text = member.as_str().unwrap_or_default();
    let like_an_id = text.len() == 17 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    like_an_id && !ids.values().any(|id| id == text)
}

fn beginning(mut items: Vec<Value>) -> Vec<Value> {
    let more = items.len().saturating_sub(KEPT);
    if more > 0 {
        items.truncate(KEPT);
        items.push(json!(format!("<{more} more>")));
    }
    items
}

fn word(text: &str, ids: &Map<String, Value>) -> String {
    if let Some((word, _)) = ids.iter().find(|(_, id)| *id == text) {
        return format!("<{}>", word.trim_start_matches('$'));
    }
    match text {
        _ if is_time(text) => "<time>".to_owned(),
        _ => ids.iter().fold(text.to_owned(), |text, (word, id)| match id.as_str() {
            Some(id) => text.replace(id, &format!("<{}>", word.trim_start_matches('$'))),
            None => text,
        }),
    }
}

/// `2026-11-24T10:15:54.123Z`, or the milliseconds.
fn is_time(text: &str) -> bool {
    let milliseconds = text.len() == 13 && text.bytes().all(|byte| byte.is_ascii_digit());
    milliseconds || (text.len() == 24 && text.ends_with('Z') && text.as_bytes().get(10) == Some(&b'T'))
}
