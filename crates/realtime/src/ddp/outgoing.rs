//! What clients are sent.

use crate::frame::Draft;
use gantry_model::wire::{self, Wire};
use gantry_model::{Code, Error, Failure};
use serde::Serialize;
use serde_json::Value;

/// What ends an event that was begun by [`event_start`].
pub const EVENT_END: &str = "]}}";

/// The first message of all; old clients wait for it.
pub fn server_id() -> Draft {
    Draft::from(r#"{"server_id":"0"}"#)
}

/// The connection stands, as `session`.
pub fn connected(session: &str) -> Draft {
    let mut out = begin(r#"{"msg":"connected","session":"#);
    out.json(session).push("}");
    out
}

/// No version in common: `version` is what the server speaks.
pub fn failed(version: &str) -> Draft {
    let mut out = begin(r#"{"msg":"failed","version":"#);
    out.json(version).push("}");
    out
}

/// Asks whether the client is there.
pub fn ping() -> Draft {
    Draft::from(r#"{"msg":"ping"}"#)
}

/// The answer to a client's ping, with its id if it had one.
pub fn pong(id: Option<&str>) -> Draft {
    let mut out = begin(r#"{"msg":"pong""#);
    if let Some(id) = id {
        out.push(r#","id":"#).json(id);
    }
    out.push("}");
    out
}

/// These subscriptions are served.
pub fn ready(subs: &[&str]) -> Draft {
    let mut out = begin(r#"{"msg":"ready","subs":"#);
    out.json(subs).push("}");
    out
}

/// The subscription ended as it was asked to, or quietly by the server.
pub fn unsubscribed(id: &str) -> Draft {
    let mut out = about("nosub", id);
    out.push("}");
    out
}

/// The subscription was refused, or ended by the server.
pub fn nosub(id: &str, why: &Error) -> Draft {
    let mut out = about("nosub", id);
    put_error(&mut out, why);
    out
}

/// What a method returned. `value` is written for DDP.
pub fn result(id: &str, value: &(impl Serialize + ?Sized)) -> Draft {
    let mut out = about("result", id);
    out.push(r#","result":"#);
    put(&mut out, value);
    out.push("}");
    out
}

/// What a method returned, which is JSON for DDP already.
pub fn json_result(id: &str, json: &str) -> Draft {
    let mut out = Draft::with_capacity(64 + id.len() + json.len());
    out.push(r#"{"msg":"result","id":"#).json(id).push(r#","result":"#).push(json).push("}");
    out
}

/// A method returned nothing.
pub fn empty_result(id: &str) -> Draft {
    let mut out = about("result", id);
    out.push("}");
    out
}

/// A method failed.
pub fn failure(id: &str, why: &Error) -> Draft {
    let mut out = about("result", id);
    put_error(&mut out, why);
    out
}

/// All that these calls wrote has been sent; follows every result.
pub fn updated(methods: &[&str]) -> Draft {
    let mut out = begin(r#"{"msg":"updated","methods":"#);
    out.json(methods).push("}");
    out
}

/// A document came into a collection.
pub fn added(collection: &str, id: &str, fields: &(impl Serialize + ?Sized)) -> Draft {
    let mut out = document("added", collection, id);
    out.push(r#","fields":"#);
    put(&mut out, fields);
    out.push("}");
    out
}

/// Fields of a document changed, and those named in `cleared` are gone.
pub fn changed(collection: &str, id: &str, fields: &(impl Serialize + ?Sized), cleared: &[&str]) -> Draft {
    let mut out = document("changed", collection, id);
    out.push(r#","fields":"#);
    put(&mut out, fields);
    if !cleared.is_empty() {
        out.push(r#","cleared":"#).json(cleared);
    }
    out.push("}");
    out
}

/// A document left a collection.
pub fn removed(collection: &str, id: &str) -> Draft {
    let mut out = document("removed", collection, id);
    out.push("}");
    out
}

/// The client's message was not understood, or came at the wrong time. `offending` is that message, and must be JSON.
pub fn error(reason: &str, offending: Option<&str>) -> Draft {
    let mut out = begin(r#"{"msg":"error","reason":"#);
    out.json(reason);
    if let Some(offending) = offending {
        out.push(r#","offendingMessage":"#).push(offending);
    }
    out.push("}");
    out
}

/// An event of a stream. `args` is a list, written for DDP.
pub fn event(stream: &str, name: &str, args: &[impl Serialize]) -> Draft {
    let mut out = event_start(stream, name);
    for (at, arg) in args.iter().enumerate() {
        out.push(if at == 0 { "" } else { "," });
        put(&mut out, arg);
    }
    out.push(EVENT_END);
    out
}

/// An event of a stream up to its arguments, which follow separated by commas; [`EVENT_END`] comes last.
///
/// What is the same for many of the arguments can be [spliced](Draft::splice) in.
pub fn event_start(stream: &str, name: &str) -> Draft {
    let mut out = Draft::with_capacity(96 + stream.len() + name.len());
    out.push(r#"{"msg":"changed","collection":"#).json(stream);
    out.push(r#","id":"id","fields":{"eventName":"#).json(name).push(r#","args":["#);
    out
}

fn begin(text: &str) -> Draft {
    let mut out = Draft::new();
    out.push(text);
    out
}

fn about(msg: &str, id: &str) -> Draft {
    let mut out = begin(r#"{"msg":""#);
    out.push(msg).push(r#"","id":"#).json(id);
    out
}

fn document(msg: &str, collection: &str, id: &str) -> Draft {
    let mut out = begin(r#"{"msg":""#);
    out.push(msg).push(r#"","collection":"#).json(collection).push(r#","id":"#).json(id);
    out
}

fn put(out: &mut Draft, value: &(impl Serialize + ?Sized)) {
    wire::with(Wire::Ddp, || out.json(value));
}

fn put_error(out: &mut Draft, error: &Error) {
    out.push(r#","error":"#);
    put(out, &Spelled::from(error));
    out.push("}");
}

/// An error as DDP spells it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Spelled<'a> {
    is_client_safe: bool,
    error: Value,
    #[serde(skip_serializing_if = "str::is_empty")]
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<&'a Value>,
    message: String,
    error_type: &'static str,
}

impl<'a> From<&'a Error> for Spelled<'a> {
    fn from(error: &'a Error) -> Self {
        let (code, reason) = (error.code(), error.reason());
        Self {
            is_client_safe: true,
            error: match code {
                Code::Id(id) => Value::from(&**id),
                Code::Number(number) => Value::from(*number),
            },
            reason,
            details: error.details().filter(|_| error.failure() != Failure::Internal),
            message: if reason.is_empty() { format!("[{code}]") } else { format!("{reason} [{code}]") },
            error_type: "Meteor.Error",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::WireForm;
    use gantry_model::Millis;
    use serde_json::json;

    #[test]
    fn connection() {
        assert_eq!(server_id().text(), r#"{"server_id":"0"}"#);
        assert_eq!(connected("S\"").text(), r#"{"msg":"connected","session":"S\""}"#);
        assert_eq!(failed("1").text(), r#"{"msg":"failed","version":"1"}"#);
        assert_eq!(ping().text(), r#"{"msg":"ping"}"#);
        assert_eq!(pong(None).text(), r#"{"msg":"pong"}"#);
        assert_eq!(pong(Some("a\n")).text(), r#"{"msg":"pong","id":"a\n"}"#);
        let offended = error("Must connect first", Some("{}"));
        assert_eq!(offended.text(), r#"{"msg":"error","reason":"Must connect first","offendingMessage":{}}"#);
    }

    #[test]
    fn subscriptions() {
        assert_eq!(ready(&["a", "b"]).text(), r#"{"msg":"ready","subs":["a","b"]}"#);
        assert_eq!(unsubscribed("a").text(), r#"{"msg":"nosub","id":"a"}"#);
        assert_eq!(
            nosub("a", &Error::new("not-allowed", "")).text(),
            r#"{"msg":"nosub","id":"a","error":{"isClientSafe":true,"error":"not-allowed","message":"[not-allowed]","errorType":"Meteor.Error"}}"#
        );
    }

    #[test]
    fn methods() {
        let date = Millis(5);
        assert_eq!(result("1", &[date]).text(), r#"{"msg":"result","id":"1","result":[{"$date":5}]}"#);
        assert_eq!(json_result("1", "[5]").text(), r#"{"msg":"result","id":"1","result":[5]}"#);
        assert_eq!(empty_result("1").text(), r#"{"msg":"result","id":"1"}"#);
        assert_eq!(updated(&["1"]).text(), r#"{"msg":"updated","methods":["1"]}"#);
        assert_eq!(
            failure("1", &Error::not_allowed("removeUserFromRoom")).text(),
            r#"{"msg":"result","id":"1","error":{"isClientSafe":true,"error":"error-not-allowed","reason":"Not allowed","details":{"method":"removeUserFromRoom"},"message":"Not allowed [error-not-allowed]","errorType":"Meteor.Error"}}"#
        );
        assert_eq!(
            failure("1", &Error::numbered(404, "Method 'x' not found")).text(),
            r#"{"msg":"result","id":"1","error":{"isClientSafe":true,"error":404,"reason":"Method 'x' not found","message":"Method 'x' not found [404]","errorType":"Meteor.Error"}}"#
        );
    }

    #[test]
    fn an_internal_failure_tells_nothing() {
        let secret = Error::internal("disk /dev/sda1 is on fire").with_details(json!({"path": "/dev/sda1"}));
        assert_eq!(
            failure("1", &secret).text(),
            r#"{"msg":"result","id":"1","error":{"isClientSafe":true,"error":500,"reason":"Internal server error","message":"Internal server error [500]","errorType":"Meteor.Error"}}"#
        );
    }

    #[test]
    fn documents() {
        assert_eq!(
            added("users", "U", &json!({"username": "ann"})).text(),
            r#"{"msg":"added","collection":"users","id":"U","fields":{"username":"ann"}}"#
        );
        assert_eq!(
            changed("users", "U", &json!({}), &["name"]).text(),
            r#"{"msg":"changed","collection":"users","id":"U","fields":{},"cleared":["name"]}"#
        );
        assert_eq!(removed("users", "U").text(), r#"{"msg":"removed","collection":"users","id":"U"}"#);
    }

    #[test]
    fn events() {
        let whole = r#"{"msg":"changed","collection":"stream-notify-user","id":"id","fields":{"eventName":"U/rooms-changed","args":["updated",{"_id":"R"}]}}"#;
        let args = [json!("updated"), json!({"_id": "R"})];
        assert_eq!(event("stream-notify-user", "U/rooms-changed", &args).text(), whole);

        let room = Draft::from(r#"{"_id":"R"}"#).share();
        let mut start = event_start("stream-notify-user", "U/rooms-changed");
        start.push("\"updated\",");
        let frame = start.splice(WireForm::Raw, &room, EVENT_END);
        assert_eq!(frame.slices().concat()[4..], *whole.as_bytes());
        assert_eq!(event("s", "e", &[] as &[Value]).text().len(), event_start("s", "e").text().len() + EVENT_END.len());
    }
}
