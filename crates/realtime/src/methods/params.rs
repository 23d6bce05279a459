//! How parameters are read: by place, each by its type.
//!
//! A parameter that is not there reads as null, so an optional one may be left out. More than a method takes is passed
//! over: some clients append an empty second factor to every call.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// A list of parameters.
pub(super) trait Params: Sized {
    /// Reads them; nothing when one has the wrong type.
    fn read(list: Vec<Value>) -> Option<Self>;
}

macro_rules! tuples {
    ($(($($part:ident),*);)*) => {$(
        impl<$($part: DeserializeOwned),*> Params for ($($part,)*) {
            fn read(list: Vec<Value>) -> Option<Self> {
                let mut list = list.into_iter();
                Some(($(serde_json::from_value::<$part>(list.next().unwrap_or_default()).ok()?,)*))
            }
        }
    )*};
}

tuples! {
    (A);
    (A, B);
    (A, B, C);
    (A, B, C, D);
    (A, B, C, D, E);
}

/// No parameters.
impl Params for () {
    fn read(_: Vec<Value>) -> Option<Self> {
        Some(())
    }
}

/// Any number of texts.
impl Params for Vec<String> {
    fn read(list: Vec<Value>) -> Option<Self> {
        list.into_iter().map(|one| serde_json::from_value(one).ok()).collect()
    }
}

/// A document and a list of addresses, as methods about messages take them.
pub(super) type Document = Map<String, Value>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ejson::Date;
    use gantry_model::{Millis, RoomId};
    use serde_json::json;

    fn read<P: Params>(list: Value) -> Option<P> {
        let Value::Array(list) = list else { panic!("{list}") };
        P::read(list)
    }

    #[test]
    fn optional_ones_may_be_missing_null_or_of_their_type() {
        type Two = (RoomId, Option<Date>);
        assert_eq!(read::<Two>(json!(["R"])), Some(("R".into(), None)));
        assert_eq!(read::<Two>(json!(["R", null])), Some(("R".into(), None)));
        assert_eq!(read::<Two>(json!(["R", {"$date": 5}])), Some(("R".into(), Some(Date(Millis(5))))));
        assert_eq!(read::<Two>(json!(["R", {"$date": 5}, "", 7])), Some(("R".into(), Some(Date(Millis(5))))));
        for wrong in [json!([]), json!([null]), json!([5]), json!([["R"]]), json!([{"$ne": null}]), json!(["R", true])]
        {
            assert_eq!(read::<Two>(wrong.clone()), None, "{wrong}");
        }
    }

    #[test]
    fn none_and_any_number() {
        assert_eq!(read::<()>(json!(["x", {}])), Some(()));
        assert_eq!(read::<Vec<String>>(json!(["a", "b"])), Some(vec!["a".into(), "b".into()]));
        assert_eq!(read::<Vec<String>>(json!(["a", {"$ne": 1}])), None);
    }
}
