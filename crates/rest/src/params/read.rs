//! From values that have been checked to types.

use super::check::accepts;
use super::schema::Schema;
use super::{Param, Params};
use gantry_model::{
    EmailAddress, InviteId, MessageId, Millis, RoleId, RoomId, SettingId, SubscriptionId, UserId, Username,
};
use serde_json::{Map, Value};

/// The keys of an object that are still to be read.
#[derive(Debug)]
pub struct Entries(Map<String, Value>);

impl Entries {
    /// Reads a key by its name, else by its first alias that is there. An absent one is read from `null`.
    pub fn take<T: Param>(&mut self, name: &str, aliases: &[&str]) -> Option<T> {
        T::read(self.value(name, aliases))
    }

    fn value(&mut self, name: &str, aliases: &[&str]) -> Value {
        let own = self.0.remove(name);
        own.or_else(|| aliases.iter().find_map(|alias| self.0.remove(*alias))).unwrap_or_default()
    }
}

/// Reads the value if this is the shape it has, else gives it back.
///
/// # Errors
/// The value itself.
pub fn fit<T: Param>(mut value: Value) -> Result<T, Value> {
    if !accepts(&T::SCHEMA, &mut value) {
        return Err(value);
    }
    T::read(value).ok_or(Value::Null)
}

/// No parameters: whatever comes is ignored.
impl Param for () {
    const SCHEMA: Schema = Schema::ANY;
    const REQUIRED: bool = false;

    fn read(_: Value) -> Option<Self> {
        Some(())
    }
}

impl<T: Params> Param for T {
    const SCHEMA: Schema = Schema::object(T::OBJECT);

    fn read(value: Value) -> Option<Self> {
        match value {
            Value::Object(map) => <T as Params>::read(&mut Entries(map)),
            _ => None,
        }
    }
}

impl<T: Param> Param for Option<T> {
    const SCHEMA: Schema = T::SCHEMA;
    const REQUIRED: bool = false;

    fn read(value: Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::read(value).map(Some),
        }
    }
}

impl<T: Param> Param for Vec<T> {
    const SCHEMA: Schema = Schema::list(&T::SCHEMA);

    fn read(value: Value) -> Option<Self> {
        match value {
            Value::Array(items) => items.into_iter().map(T::read).collect(),
            _ => None,
        }
    }
}

impl Param for String {
    const SCHEMA: Schema = Schema::TEXT;

    fn read(value: Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }
}

impl Param for bool {
    const SCHEMA: Schema = Schema::BOOLEAN;

    fn read(value: Value) -> Option<Self> {
        value.as_bool()
    }
}

/// What is beyond its range is the end of its range.
impl Param for i64 {
    const SCHEMA: Schema = Schema::INTEGER;

    fn read(value: Value) -> Option<Self> {
        value.as_i64().or_else(|| value.as_f64().map(|number| number as Self))
    }
}

impl Param for f64 {
    const SCHEMA: Schema = Schema::NUMBER;

    fn read(value: Value) -> Option<Self> {
        value.as_f64()
    }
}

impl Param for Millis {
    const SCHEMA: Schema = Schema::INSTANT;

    fn read(value: Value) -> Option<Self> {
        value.as_str().and_then(Self::parse)
    }
}

impl Param for Value {
    const SCHEMA: Schema = Schema::ANY;

    fn read(value: Value) -> Option<Self> {
        Some(value)
    }
}

impl Param for Map<String, Value> {
    const SCHEMA: Schema = Schema::MAP;

    fn read(value: Value) -> Option<Self> {
        match value {
            Value::Object(map) => Some(map),
            _ => None,
        }
    }
}

macro_rules! texts {
    ($($name:ident)*) => {$(
        impl Param for $name {
            const SCHEMA: Schema = Schema::TEXT;

            fn read(value: Value) -> Option<Self> {
                String::read(value).map(Self::from)
            }
        }
    )*};
}

texts! { UserId RoomId InviteId MessageId SubscriptionId RoleId SettingId Username EmailAddress }
