//! `method.call`: DDP methods over REST. The table of methods belongs to the realtime side; the server lends it.

use crate::call::{Call, Visit};
use crate::endpoint::{Access, Api, RateLimit};
use crate::params::Params;
use crate::reply::{Object, Reply};
use gantry_chat::{Caller, Chat, Origin};
use gantry_model::Error;
use serde_json::Value;
use std::pin::Pin;
use std::sync::Arc;

/// The table of methods, whoever keeps it.
pub trait Methods: Send + Sync {
    /// Runs a method; its result frame (`{"msg":"result","id":…}`, refusals too) as JSON text for DDP.
    fn call(
        &self,
        chat: Chat,
        caller: Option<Caller>,
        origin: Arc<Origin>,
        id: String,
        method: String,
        params: Vec<Value>,
    ) -> Pin<Box<dyn Future<Output = String> + Send>>;
}

pub(crate) fn endpoints(api: &mut Api) {
    api.post("method.call/:method", Access::Own, call)
        .rate(RateLimit::Off)
        .about("Calls a realtime method.")
        .answers("message", "string");
    api.post("method.callAnon/:method", Access::Anyone, call_anonymously)
        .rate(RateLimit::Off)
        .about("Calls a realtime method without being logged in.")
        .answers("message", "string");
}

#[derive(Params)]
#[params(strict)]
struct Message {
    /// The method's name as it stands in the path; the one inside the message counts.
    #[expect(dead_code, reason = "published as part of the path, and ignored")]
    method: String,
    /// `{"msg":"method","id","method","params"}` as EJSON text.
    message: String,
}

async fn call(call: Call, body: Message) -> Reply {
    let visit = call.visit().clone();
    run(visit, body).await
}

async fn call_anonymously(visit: Visit, body: Message) -> Reply {
    run(Visit { caller: None, ..visit }, body).await
}

async fn run(visit: Visit, body: Message) -> Reply {
    let (id, method, params) = envelope(&body.message).ok_or_else(|| Error::text("Invalid method call"))?;
    let methods = visit.methods.clone();
    let result = methods.call(visit.chat, visit.caller, visit.origin, id, method, params).await;
    Ok(Object::new().with("message", &result).success())
}

/// Exactly `msg`, `id`, `method` and `params`; the order does not matter.
fn envelope(text: &str) -> Option<(String, String, Vec<Value>)> {
    let Value::Object(mut members) = crate::params::parse_json(text.as_bytes()).ok()? else { return None };
    let mut take = |key: &str| members.remove(key);
    let (msg, id, method, params) = (take("msg")?, take("id")?, take("method")?, take("params")?);
    match (msg.as_str() == Some("method"), id, method, params, members.is_empty()) {
        (true, Value::String(id), Value::String(method), Value::Array(params), true) => Some((id, method, params)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_envelope_is_exact() {
        let whole = r#"{"msg":"method","id":"7","method":"getRoomById","params":["RID"]}"#;
        let read = envelope(whole).map(|(id, method, params)| (id, method, params.len()));
        assert_eq!(read, Some(("7".into(), "getRoomById".into(), 1)));
        for broken in [
            "",
            "[]",
            r#"{"msg":"method"}"#,
            &whole.replace("method\",\"id", "sub\",\"id"),
            &whole.replace("\"7\"", "7"),
        ] {
            assert_eq!(envelope(broken), None, "{broken}");
        }
        assert_eq!(envelope(&whole.replace("]}", "],\"more\":1}")), None);
    }
}
