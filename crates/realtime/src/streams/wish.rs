//! What a client asks for when it subscribes to a stream.

use gantry_model::Error;
use serde_json::Value;

/// The parameters of a subscription to a stream, read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Wish {
    /// The event's name; may be empty, which only [`super::USER_PRESENCE`] allows.
    pub(crate) event: String,
    /// The client drops events of a collection in which no document was added.
    pub(crate) use_collection: bool,
    /// The second parameter, whatever it is.
    pub(crate) options: Value,
}

impl Wish {
    /// Reads `[event]`, `[event, true or false]`, `[event, {useCollection, args}]`; what is more is ignored.
    ///
    /// Fails with 400 `Match failed` when the event's name is no text.
    pub(crate) fn read(params: Vec<Value>) -> Result<Self, Error> {
        let mut params = params.into_iter();
        let Some(Value::String(event)) = params.next() else {
            return Err(Error::numbered(400, "Match failed"));
        };
        let options = params.next().unwrap_or_default();
        let use_collection = match &options {
            Value::Bool(wanted) => *wanted,
            Value::Object(members) => members.get("useCollection").is_some_and(|wanted| *wanted == true),
            _ => false,
        };
        Ok(Self { event, use_collection, options })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(params: Value) -> Result<(String, bool), Error> {
        let Value::Array(list) = params else { panic!("{params}") };
        Wish::read(list).map(|wish| (wish.event, wish.use_collection))
    }

    #[test]
    fn every_form_in_use() {
        for (params, wanted) in [
            (json!(["e"]), false),
            (json!(["e", false]), false),
            (json!(["e", true]), true),
            (json!(["e", null]), false),
            (json!(["e", {"useCollection": false, "args": [null]}]), false),
            (json!(["e", {"useCollection": false, "args": [false]}]), false),
            (json!(["e", {"useCollection": false, "args": []}]), false),
            (json!(["e", {"useCollection": true, "args": [{"token": "t"}]}, "", 5]), true),
            (json!(["e", {"useCollection": "yes"}]), false),
            (json!(["e", {"added": ["u"]}]), false),
        ] {
            assert_eq!(read(params.clone()).unwrap(), ("e".to_owned(), wanted), "{params}");
        }
    }

    #[test]
    fn a_name_is_a_text() {
        for params in [json!([]), json!([5]), json!([null]), json!([{"$ne": null}]), json!([["e"]])] {
            assert_eq!(read(params.clone()).unwrap_err().reason(), "Match failed", "{params}");
        }
    }
}
