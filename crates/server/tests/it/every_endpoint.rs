//! What every endpoint must do, walked from the rows themselves: a new row is tested the day it is added.

mod snapshot;
mod success;

use crate::world::Server;
use gantry_rest::endpoint::{Row, Verb};
use gantry_testkit::{Answer, Rest, both_databases};
use http::Method;
use serde_json::{Map, Value, json};

fn method(row: &Row) -> Method {
    Method::from_bytes(row.verb.text().as_bytes()).unwrap()
}

/// The row's path, a `:name` filled in.
fn path(row: &Row) -> String {
    let path = row.full_path();
    match path.split_once(':') {
        Some((before, "_id")) => format!("{before}Site_Name"),
        Some((before, _)) => format!("{before}getRoomById"),
        None => path,
    }
}

/// Calls a row with these parameters, wherever it takes them.
async fn call(rest: &Rest, row: &Row, params: &Value) -> Answer {
    if row.verb == Verb::Get {
        let empty = Map::new();
        let query: Vec<String> = params
            .as_object()
            .unwrap_or(&empty)
            .iter()
            .map(|(key, value)| {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                format!("{key}={}", percent(&text))
            })
            .collect();
        return rest.send(method(row), &format!("{}?{}", path(row), query.join("&")), &[], "").await;
    }
    let headers = [("content-type", "application/json")];
    rest.send(method(row), &path(row), &headers, params.to_string()).await
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The names of a row's parameters with their JSON types.
fn parameters(row: &Row) -> Vec<(String, Option<String>)> {
    let schema = row.params.to_openapi();
    let Some(properties) = schema["properties"].as_object() else { return Vec::new() };
    properties.iter().map(|(name, one)| (name.clone(), one["type"].as_str().map(str::to_owned))).collect()
}

/// Calls that change the caller's own session, or the whole server, and would spoil the walk for the others.
fn apart(row: &Row) -> bool {
    ["logout", "users.logout", "users.setActiveStatus"].contains(&row.path)
}

both_databases! {
    async fn nobody_gets_the_published_401(server: Server) {
        let api = gantry_rest::api();
        let nobody = server.nobody();
        for row in api.rows().iter().filter(|row| row.login) {
            let answer = call(&nobody, row, &json!({ "roomId": "x", "userId": "y" })).await;
            let expected = json!({ "status": "error", "message": "You must be logged in to do this." });
            assert_eq!((answer.status, answer.json.clone()), (401, expected), "{} {}", row.verb.text(), row.path);
        }
    }

    async fn without_its_permission_a_row_refuses(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let api = gantry_rest::api();
        for row in api.rows() {
            let missing: Vec<_> = row.permissions.iter().filter(|one| !one.default_roles().contains(&"user")).collect();
            if !missing.is_empty() {
                let answer = call(&ann.rest, row, &json!({})).await;
                let text = "User does not have the permissions required for this action [error-unauthorized]";
                assert_eq!((answer.status, answer.json["error"].as_str()), (403, Some(text)), "{}", row.path);
            }
        }
    }

    /// Operators, lists, giants, NULs and depth in place of every single parameter: a clear 4xx, and a server that lives.
    async fn every_parameter_refuses_what_it_cannot_be(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let api = gantry_rest::api();
        let mut deep = json!("x");
        for _ in 0..100 {
            deep = json!([deep]);
        }
        for row in api.rows().iter().filter(|row| !apart(row)) {
            for (name, kind) in parameters(row) {
                let scalar = matches!(kind.as_deref(), Some("string" | "integer" | "number" | "boolean"));
                for hostile in [
                    json!({ "$ne": null }), json!({ "$regex": "." }), json!(["x"]), json!([[]]), deep.clone(),
                    json!("a\u{0}b"), json!("x".repeat(300_000)), json!(-1e308), json!({ "__proto__": { "admin": true } }),
                ] {
                    if row.verb == Verb::Get && hostile.to_string().len() > 100_000 {
                        continue;
                    }
                    let mut params = Map::new();
                    params.insert(name.clone(), hostile.clone());
                    let answer = call(&ann.rest, row, &Value::Object(params)).await;
                    let what = || format!("{} {} with {name} = {:.60}: {} {:.200}", row.verb.text(), row.path, hostile.to_string(), answer.status, answer.json);
                    assert!(answer.status < 500, "{}", what());
                    let refused = scalar && row.verb != Verb::Get && (hostile.is_object() || hostile.is_array());
                    assert!(!refused || (400..500).contains(&answer.status), "{}", what());
                }
            }
        }
        ann.rest.get("me", &[]).await.ok();
    }

    /// Every row succeeds once, and its answer has what is published and what the row promises.
    async fn every_row_succeeds_as_published(server: Server) {
        success::play(&server).await;
    }

    /// Bodies that are no parameters at all.
    async fn every_body_that_is_none_is_refused(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let api = gantry_rest::api();
        let nested = format!("{}1{}", "{\"a\":".repeat(1_000), "}".repeat(1_000));
        for row in api.rows().iter().filter(|row| row.verb == Verb::Post && !apart(row)) {
            for body in ["{", "{\"roomId\":", "nonsense", "\u{0}", "[1,2", "\"\\ud800\"", &nested] {
                let headers = [("content-type", "application/json")];
                let answer = ann.rest.send(method(row), &path(row), &headers, body.to_owned()).await;
                assert!((400..500).contains(&answer.status), "{} with {body:.40}: {} {}", row.path, answer.status, answer.json);
            }
        }
    }
}

/// A row without a sentence, or that the story does not call, is not finished.
#[test]
fn every_row_is_described_and_called_by_a_test() {
    let api = gantry_rest::api();
    let uncalled = success::uncalled(api.rows());
    assert!(uncalled.is_empty(), "no test calls {uncalled:?}");
    let mute: Vec<_> = api.rows().iter().filter(|row| row.about.is_empty()).map(|row| row.path).collect();
    assert!(mute.is_empty(), "no sentence says what {mute:?} do");
    let left_over = snapshot::left_over(api.rows());
    assert!(left_over.is_empty(), "{left_over:?} are of no row");
}
