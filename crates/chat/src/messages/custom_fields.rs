//! Fields of their own in messages, as the administrator described them: `Message_CustomFields`, a small JSON schema.

use gantry_model::{Error, Result, Settings};
use serde_json::{Map, Value};

/// Refuses fields that are switched off, or that do not fit their description.
///
/// # Errors
/// Plain texts.
pub(super) fn check(settings: &Settings, fields: &Map<String, Value>) -> Result<()> {
    if !settings.bool("Message_CustomFields_Enabled") {
        return Err(Error::text("Custom fields not enabled"));
    }
    let broken = || Error::text("Invalid custom fields config");
    let Ok(Value::Object(schema)) = serde_json::from_str(settings.text("Message_CustomFields")) else {
        return Err(broken());
    };
    if schema.get("type").is_some_and(|kind| kind != "object") || !known(&schema, DEEPEST) {
        return Err(broken());
    }
    let described = |name: &String| schema.get("properties").is_some_and(|all| all.get(name).is_some());
    if fields.keys().all(described) && object_fits(&schema, fields) {
        Ok(())
    } else {
        Err(Error::text("Invalid custom fields"))
    }
}

/// Descriptions within each other, at most.
const DEEPEST: usize = 16;

const KEYWORDS: [&str; 19] = [
    "$schema",
    "title",
    "description",
    "default",
    "type",
    "nullable",
    "enum",
    "const",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "minItems",
    "maxItems",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
];

/// Whether every keyword is one that is understood: one that is not might forbid what is let through.
fn known(schema: &Map<String, Value>, deep: usize) -> bool {
    let inner = |key: &str, value: &Value| match (key, value) {
        ("properties", Value::Object(all)) => {
            all.values().all(|one| one.as_object().is_some_and(|one| known(one, deep - 1)))
        }
        ("items", value) => value.as_object().is_some_and(|one| known(one, deep - 1)),
        ("additionalProperties", value) => value.is_boolean(),
        ("pattern", value) => value.as_str().is_some_and(|text| regex(text).is_some()),
        _ => true,
    };
    deep > 0 && schema.iter().all(|(key, value)| KEYWORDS.contains(&key.as_str()) && inner(key, value))
}

fn fits(schema: &Value, value: &Value) -> bool {
    let Value::Object(schema) = schema else { return false };
    if value.is_null() && schema.get("nullable") == Some(&Value::Bool(true)) {
        return true;
    }
    let listed = schema.get("enum").and_then(Value::as_array).is_none_or(|all| all.contains(value));
    let same = schema.get("const").is_none_or(|only| only == value);
    let inside = match value {
        Value::String(text) => text_fits(schema, text),
        Value::Number(number) => {
            let number = number.as_f64().unwrap_or(f64::NAN);
            bound(schema, "minimum").is_none_or(|least| number >= least)
                && bound(schema, "maximum").is_none_or(|most| number <= most)
        }
        Value::Array(items) => {
            long_enough(schema, items.len(), ["minItems", "maxItems"])
                && schema.get("items").is_none_or(|schema| items.iter().all(|item| fits(schema, item)))
        }
        Value::Object(fields) => object_fits(schema, fields),
        Value::Null | Value::Bool(_) => true,
    };
    kind_fits(schema, value) && listed && same && inside
}

fn object_fits(schema: &Map<String, Value>, fields: &Map<String, Value>) -> bool {
    let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
    let closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
    let property = |name: &str| schema.get("properties").and_then(|all| all.get(name));
    required.filter_map(Value::as_str).all(|name| fields.contains_key(name))
        && fields.iter().all(|(name, value)| property(name).map_or(!closed, |schema| fits(schema, value)))
}

fn text_fits(schema: &Map<String, Value>, text: &str) -> bool {
    long_enough(schema, text.chars().count(), ["minLength", "maxLength"])
        && schema
            .get("pattern")
            .and_then(Value::as_str)
            .is_none_or(|pattern| regex(pattern).is_some_and(|regex| regex.is_match(text)))
}

fn kind_fits(schema: &Map<String, Value>, value: &Value) -> bool {
    let is = |kind: &Value| match kind.as_str() {
        Some("string") => value.is_string(),
        Some("number") => value.is_number(),
        Some("integer") => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        Some("boolean") => value.is_boolean(),
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("null") => value.is_null(),
        _ => false,
    };
    match schema.get("type") {
        None => true,
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
    }
}

fn long_enough(schema: &Map<String, Value>, length: usize, [least, most]: [&str; 2]) -> bool {
    let length = length as f64;
    bound(schema, least).is_none_or(|least| length >= least) && bound(schema, most).is_none_or(|most| length <= most)
}

fn bound(schema: &Map<String, Value>, key: &str) -> Option<f64> {
    schema.get(key).and_then(Value::as_f64)
}

fn regex(pattern: &str) -> Option<regex::Regex> {
    regex::RegexBuilder::new(pattern).size_limit(1 << 20).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn allows(schema: Value, fields: Value) -> bool {
        let Value::Object(schema) = schema else { return false };
        assert!(known(&schema, DEEPEST));
        fields.as_object().is_some_and(|fields| object_fits(&schema, fields))
    }

    #[test]
    fn the_published_description_holds() {
        let schema = json!({
            "properties": { "priority": { "type": "string", "nullable": false, "enum": ["low", "medium", "high"] } },
            "required": ["priority"], "additionalProperties": false,
        });
        assert!(allows(schema.clone(), json!({ "priority": "low" })));
        for wrong in
            [json!({}), json!({ "priority": "none" }), json!({ "priority": 1 }), json!({ "priority": "low", "x": 1 })]
        {
            assert!(!allows(schema.clone(), wrong.clone()), "{wrong}");
        }
    }

    #[test]
    fn every_keyword_is_heeded() {
        let one = |schema: Value, value: Value| allows(json!({ "properties": { "x": schema } }), json!({ "x": value }));
        assert!(one(json!({ "type": ["string", "null"] }), json!(null)));
        assert!(one(json!({ "type": "integer", "minimum": 2, "maximum": 3 }), json!(2.0)));
        assert!(!one(json!({ "type": "integer" }), json!(2.5)));
        assert!(!one(json!({ "maximum": 3 }), json!(4)));
        assert!(one(json!({ "pattern": "^a+$", "maxLength": 3 }), json!("aaa")));
        assert!(!one(json!({ "pattern": "^a+$" }), json!("ab")));
        assert!(!one(json!({ "minLength": 2 }), json!("é")));
        assert!(!one(json!({ "type": "array", "items": { "type": "boolean" }, "maxItems": 1 }), json!([true, false])));
        assert!(!one(json!({ "type": "array", "items": { "type": "boolean" } }), json!([1])));
        assert!(!one(json!({ "type": "object", "required": ["y"] }), json!({})));
        assert!(one(json!({ "type": "string", "nullable": true }), json!(null)));
        assert!(!one(json!({ "const": 1 }), json!(2)));
    }

    #[test]
    fn what_is_not_understood_is_no_description() {
        for schema in [
            json!({ "oneOf": [] }),
            json!({ "properties": { "x": { "format": "email" } } }),
            json!({ "items": 1 }),
            json!({ "pattern": "(" }),
        ] {
            assert!(!known(schema.as_object().unwrap(), DEEPEST), "{schema}");
        }
    }
}
