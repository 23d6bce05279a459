//! The interpreter against the answers of ajv 8 (`coerceTypes: true`), which `ajv.mjs` writes into `ajv.json`.
//!
//! Keys stand in alphabetical order here, as in the JSON that ajv gets. After a change of the structs: run these tests with `UPDATE_AJV_SCHEMAS=1`, then `node ajv.mjs`.
#![expect(dead_code, reason = "only the descriptions of these structs are used")]

use super::super::{Param, Params, Schema, Source, check};
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

#[derive(Params)]
#[params(strict, one_of(roomId, roomName))]
struct RoomAndUser {
    room_id: Option<String>,
    room_name: Option<String>,
    user_id: Option<String>,
    username: Option<String>,
}

#[derive(Params)]
#[params(any_of(a, b, c))]
struct AnyOf {
    a: Option<bool>,
    b: Option<i64>,
    #[params(min_length = 2)]
    c: Option<String>,
}

#[derive(Params)]
#[params(strict)]
struct Required {
    any: Option<Value>,
    flag: bool,
    list: Vec<String>,
    map: Map<String, Value>,
    number: f64,
    text: String,
    whole: i64,
}

#[derive(Params)]
#[params(min_properties = 1)]
struct Rules {
    #[params(choices("a", "1", "true"))]
    choice: Option<String>,
    #[params(min_items = 1, max_items = 2)]
    few: Option<Vec<i64>>,
    #[params(min_length = 1, max_length = 3)]
    short: Option<String>,
    #[params(min = 0, max = 10)]
    small: Option<i64>,
    #[params(not_blank)]
    spoken: Option<String>,
    #[params(min = -1, max = 1)]
    tiny: Option<f64>,
}

#[derive(Params)]
#[params(strict)]
struct Nullable {
    #[params(nullable, choices("a", "b"))]
    choice: Option<String>,
    #[params(nullable)]
    flag: Option<bool>,
    #[params(nullable)]
    list: Option<Vec<bool>>,
    #[params(nullable)]
    map: Option<Map<String, Value>>,
    #[params(nullable)]
    object: Option<AnyOf>,
    #[params(nullable)]
    text: Option<String>,
    #[params(nullable, min = 1)]
    whole: Option<i64>,
}

#[derive(Params)]
struct Nested {
    choice: Option<Choice>,
    lists: Option<Vec<Vec<f64>>>,
    room: RoomAndUser,
    rules: Option<Vec<Rules>>,
}

#[derive(Params)]
#[params(strict, one_of(x, y), any_of(x, y))]
struct Layers {
    #[params(flatten)]
    any: AnyOf,
    #[params(flatten)]
    room: RoomAndUser,
    x: Option<String>,
    y: Option<f64>,
}

#[derive(Param)]
enum Choice {
    Public,
    #[params(rename = "p")]
    Private,
}

#[derive(Params)]
#[params(strict)]
struct ByRoom {
    room_id: String,
    text: Option<String>,
}

#[derive(Params)]
#[params(strict)]
struct ByChannel {
    channel: String,
    #[params(choices("a", "b"))]
    choice: Option<String>,
    text: Option<String>,
}

#[derive(Param)]
enum Target {
    Room(ByRoom),
    Channel(ByChannel),
    Loose(AnyOf),
}

#[derive(Param)]
#[params(any_of)]
enum Login {
    Choice(Choice),
    Count(i64),
    Flag(bool),
    Names(Vec<String>),
    Object(ByRoom),
}

const SCHEMAS: [(&str, Schema); 9] = [
    ("room and user", RoomAndUser::SCHEMA),
    ("any of", AnyOf::SCHEMA),
    ("required", Required::SCHEMA),
    ("rules", Rules::SCHEMA),
    ("nullable", Nullable::SCHEMA),
    ("nested", Nested::SCHEMA),
    ("layers", Layers::SCHEMA),
    ("one of shapes", Target::SCHEMA),
    ("any of shapes", Login::SCHEMA),
];

/// The committed table, or a longer one made with `node ajv.mjs 100000 FILE`.
fn table() -> PathBuf {
    let own = || Path::new(env!("CARGO_MANIFEST_DIR")).join("src/params/tests/ajv.json");
    std::env::var_os("AJV_TABLE").map_or_else(own, PathBuf::from)
}

#[test]
fn answers_as_ajv_does() {
    let mut table: Value = serde_json::from_slice(&std::fs::read(table()).unwrap()).unwrap();
    for (name, schema) in SCHEMAS {
        let cases = &mut table[name];
        if std::env::var_os("UPDATE_AJV_SCHEMAS").is_some() {
            cases["schema"] = schema.to_openapi();
            continue;
        }
        assert_eq!(cases["schema"], schema.to_openapi(), "{name}: see the head of this file");
        let cases = cases["cases"].as_array().unwrap();
        assert!(cases.len() > 20, "{name}");
        cases.iter().for_each(|case| answers(name, &schema, case));
    }
    if std::env::var_os("UPDATE_AJV_SCHEMAS").is_some() {
        std::fs::write(self::table(), table.to_string()).unwrap();
    }
}

fn answers(name: &str, schema: &Schema, case: &Value) {
    let mut value = case["in"].clone();
    let answer = match check::check(schema, Source::Body, &mut value) {
        Ok(()) => json!({ "in": case["in"], "out": floats(value) }),
        Err(error) => json!({ "in": case["in"], "error": error.text() }),
    };
    let expected = case.get("out").map(|out| json!({ "in": case["in"], "out": floats(out.clone()) }));
    assert_eq!(answer, expected.unwrap_or_else(|| case.clone()), "{name}");
}

/// JavaScript has one kind of number.
fn floats(value: Value) -> Value {
    match value {
        Value::Number(number) => number.as_f64().into(),
        Value::Array(items) => items.into_iter().map(floats).collect(),
        Value::Object(map) => map.into_iter().map(|(key, value)| (key, floats(value))).collect(),
        value => value,
    }
}
