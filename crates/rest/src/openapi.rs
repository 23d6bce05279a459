//! The OpenAPI 3.1 document, assembled from the rows.

use crate::call::Visit;
use crate::endpoint::{Access, Api, Asking, RateLimit, Row};
use crate::params::Source;
use crate::reply::{Answer, Reply};
use serde_json::{Map, Value, json};
use std::sync::OnceLock;

pub(crate) fn endpoints(api: &mut Api) {
    api.get("openapi.json", Access::Anyone, document).rate(RateLimit::Off).about("Describes this API in OpenAPI 3.1.");
}

async fn document(_: Visit, (): ()) -> Reply {
    // The rows never change while the server runs.
    static TEXT: OnceLock<String> = OnceLock::new();
    let body = TEXT.get_or_init(|| describe(crate::api().rows()).to_string()).clone();
    Ok(Answer { status: 200, body, headers: Vec::new() })
}

/// The whole document for people: with line breaks, and one at its end.
pub fn printed() -> String {
    format!("{:#}\n", describe(crate::api().rows()))
}

/// The document of these rows.
pub fn describe(rows: &[Row]) -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for row in rows {
        let path = braced_path(row);
        let operations = paths.entry(path).or_insert_with(|| json!({}));
        operations[row.verb.text().to_lowercase()] = operation(row);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": gantry_model::product::PRODUCT,
            "version": gantry_model::product::PRODUCT_VERSION,
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "paths": paths,
        "components": { "securitySchemes": security(), "responses": responses() },
    })
}

/// A row's whole path with `{name}` for what varies.
pub fn braced_path(row: &Row) -> String {
    row.full_path().split('/').map(braced).collect::<Vec<_>>().join("/")
}

fn braced(segment: &str) -> String {
    segment.split_once(':').map_or_else(|| segment.to_owned(), |(before, name)| format!("{before}{{{name}}}"))
}

fn operation(row: &Row) -> Value {
    let mut operation = json!({
        "operationId": format!("{} {}", row.verb.text(), row.path),
        "tags": [row.path.trim_start_matches("/api/").split(['.', '/']).next().unwrap_or_default()],
        "summary": row.about,
        "responses": {
            "200": { "description": "Done.", "content": { "application/json": { "schema": answer(row) } } },
            "400": { "$ref": "#/components/responses/Refused" },
        },
    });
    if row.login {
        operation["security"] = json!([{ "userId": [], "authToken": [] }]);
        operation["responses"]["401"] = json!({ "$ref": "#/components/responses/NotLoggedIn" });
    }
    if !row.permissions.is_empty() {
        operation["responses"]["403"] = json!({ "$ref": "#/components/responses/Refused" });
    }
    if row.rate != RateLimit::Off {
        operation["responses"]["429"] = json!({ "$ref": "#/components/responses/Refused" });
    }
    let permissions: Vec<&str> = row.permissions.iter().chain(&row.names).map(|one| one.id()).collect();
    if !permissions.is_empty() {
        operation["x-permissions"] = json!(permissions);
    }
    match row.factor {
        Asking::Never => {}
        Asking::Sometimes => operation["x-two-factor"] = json!("sometimes"),
        Asking::Always => operation["x-two-factor"] = json!("always"),
    }
    if row.deprecated.is_some() {
        operation["deprecated"] = json!(true);
    }
    match row.source() {
        Source::Query => operation["parameters"] = Value::Array(row.params.query_parameters()),
        Source::Body => {
            operation["requestBody"] =
                json!({ "content": { "application/json": { "schema": row.params.to_openapi() } } });
        }
    }
    operation
}

fn answer(row: &Row) -> Value {
    if let Some(document) = row.answers_list {
        return json!({ "type": "array", "items": type_of(document) });
    }
    let mut properties = Map::new();
    for (key, document) in &row.answers {
        properties.insert((*key).to_owned(), type_of(document));
    }
    properties.insert("success".into(), json!({ "const": true }));
    json!({ "type": "object", "properties": properties })
}

fn type_of(document: &str) -> Value {
    if let Some(item) = document.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return json!({ "type": "array", "items": type_of(item) });
    }
    match document {
        "string" | "boolean" | "integer" | "number" | "object" => json!({ "type": document }),
        "any" => json!({}),
        named => json!({ "type": "object", "title": named }),
    }
}

fn security() -> Value {
    json!({
        "userId": { "type": "apiKey", "in": "header", "name": "X-User-Id" },
        "authToken": { "type": "apiKey", "in": "header", "name": "X-Auth-Token" },
    })
}

fn responses() -> Value {
    let schema =
        |properties: Value| json!({ "application/json": { "schema": { "type": "object", "properties": properties } } });
    json!({
        "Refused": {
            "description": "Refused; `errorType` says why.",
            "content": schema(json!({
                "success": { "const": false },
                "error": { "type": "string" },
                "errorType": { "type": ["string", "integer"] },
                "details": { "type": "object" },
            })),
        },
        "NotLoggedIn": {
            "description": "Nobody is logged in.",
            "content": schema(json!({ "status": { "const": "error" }, "message": { "type": "string" } })),
        },
    })
}
