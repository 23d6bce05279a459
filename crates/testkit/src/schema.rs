//! Answers held against the published schemas.
//!
//! `data/api.json` has, for each call that Gantry serves and that is published, its parameters, its body, a JSON Schema
//! per status and the keys that every published example of a status has; `data/extract.py` writes it.

use serde_json::Value;
use std::sync::LazyLock;

static CALLS: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../data/api.json")).expect("data/api.json is JSON"));

/// One published call.
#[derive(Clone, Copy, Debug)]
pub struct Published {
    key: &'static str,
    facts: &'static Value,
}

/// Every published call that the data has, in order of method and path.
pub fn all() -> impl Iterator<Item = Published> {
    CALLS.as_object().into_iter().flatten().map(|(key, facts)| Published { key, facts })
}

/// The call behind a request such as `GET` and `/api/v1/settings/Site_Name`; `None` where none is published.
///
/// `im.*` and `dm.*` are two names for the same, and each call is published under one of them.
pub fn published(method: &str, path: &str) -> Option<Published> {
    let path = path.split('?').next().unwrap_or(path);
    let under = |path: &str| {
        let is_it =
            |key: &str| key.split_once(' ').is_some_and(|(verb, template)| verb == method && fits(template, path));
        all().find(|call| is_it(call.key))
    };
    let other = match path.strip_prefix("/api/v1/im.") {
        Some(name) => format!("/api/v1/dm.{name}"),
        None => path.replacen("/api/v1/dm.", "/api/v1/im.", 1),
    };
    under(path).or_else(|| under(&other))
}

/// Whether a path is an instance of a template with `{names}`.
fn fits(template: &str, path: &str) -> bool {
    let mut parts = path.split('/');
    template.split('/').all(|want| parts.next().is_some_and(|part| want.starts_with('{') || want == part))
        && parts.next().is_none()
}

impl Published {
    /// `POST /api/v1/groups.kick`.
    pub fn key(self) -> &'static str {
        self.key
    }

    /// Path and query parameters as published: `{in, name, required, type}` each.
    pub fn params(self) -> &'static [Value] {
        self.facts["params"].as_array().map_or(&[], Vec::as_slice)
    }

    /// Schema of the JSON body.
    pub fn body(self) -> Option<&'static Value> {
        self.facts.get("body")
    }

    /// Schema of the answer with `status`.
    pub fn answer(self, status: u16) -> Option<&'static Value> {
        self.facts["responses"].get(status.to_string())
    }

    /// The keys that every published example of `status` has.
    pub fn always(self, status: u16) -> impl Iterator<Item = &'static str> {
        self.facts["always"][status.to_string()].as_array().into_iter().flatten().filter_map(Value::as_str)
    }

    /// What is wrong with an answer, one sentence each; nothing when it is as published.
    ///
    /// A refusal (400, 403, 404) may lack keys of its examples, for an example shows one refusal among many; an answer
    /// with a status that is not published is not looked at.
    pub fn faults(self, status: u16, answer: &Value) -> Vec<String> {
        let Some(schema) = self.answer(status) else { return Vec::new() };
        let validator = jsonschema::validator_for(schema).expect("a published schema is a schema");
        let mut faults: Vec<_> =
            validator.iter_errors(answer).map(|error| format!("{}: {error}", error.instance_path())).collect();
        if matches!(status, 200..300 | 401) {
            faults.extend(self.always(status).filter(|key| answer.get(key).is_none()).map(|key| format!("no {key:?}")));
        }
        faults
    }
}

/// Panics unless an answer is as published for a call, `"POST /api/v1/groups.kick"`.
///
/// See [`Published::faults`]; a call that the data does not have is a mistake of the test and panics, too.
#[track_caller]
pub fn assert_matches(call: &str, status: u16, answer: &Value) {
    let (method, path) = call.split_once(' ').unwrap_or(("", call));
    let Some(published) = published(method, path) else {
        panic!("{call} is not in data/api.json: name it in data/extract.py and run that")
    };
    let faults = published.faults(status, answer);
    assert!(faults.is_empty(), "{call} {status} is not as published:\n  {}\n{answer:#}", faults.join("\n  "));
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const KICK: &str = "POST /api/v1/groups.kick";

    fn faults(status: u16, answer: Value) -> Vec<String> {
        published("POST", "/api/v1/groups.kick").expect("published").faults(status, &answer)
    }

    #[test]
    fn finds_calls_by_their_path() {
        let key = |method, path| published(method, path).map(Published::key);
        assert_eq!(key("POST", "/api/v1/groups.kick"), Some(KICK));
        assert_eq!(key("GET", "/api/v1/groups.kick"), None);
        assert_eq!(key("GET", "/api/v1/settings/Site_Name?x=1"), Some("GET /api/v1/settings/{_id}"));
        assert_eq!(key("GET", "/api/v1/settings/a/b"), None);
        assert_eq!(key("GET", "/api/v1/im.list"), Some("GET /api/v1/dm.list"));
    }

    #[test]
    fn accepts_what_is_published() {
        assert_matches(
            KICK,
            200,
            &json!({ "group": { "_id": "r", "usernames": ["ann"], "msgs": 2 }, "success": true }),
        );
        assert_matches(KICK, 400, &json!({ "success": false, "error": "Invalid user" }));
        assert_matches(KICK, 429, &json!("whatever"));
    }

    #[test]
    fn names_each_fault() {
        let wrong_type = faults(200, json!({ "group": { "msgs": "two" }, "success": true }));
        assert_eq!(wrong_type, ["/group/msgs: \"two\" is not of type \"integer\""]);
        assert_eq!(faults(200, json!({ "success": true })), ["no \"group\""]);
        assert_eq!(faults(401, json!({ "status": "error" })), ["no \"message\""]);
    }

    #[test]
    fn every_schema_compiles() {
        for call in all() {
            for status in [200, 400, 401, 403] {
                call.faults(status, &json!({}));
            }
        }
        assert!(all().count() > 70);
    }
}
