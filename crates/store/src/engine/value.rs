//! Values going in and coming out, the same for both engines.

use gantry_model::{
    EmailAddress, InviteId, MessageId, Millis, RoleId, RoomId, RoomKind, SettingId, SubscriptionId, UserId, Username,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::borrow::Cow;

/// One parameter.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value<'a> {
    /// SQL NULL.
    Null,
    /// Numbers, instants in ms, booleans as 0 or 1.
    Int(i64),
    /// Text, ids, JSON.
    Text(Cow<'a, str>),
}

/// What can be a parameter.
pub(crate) trait ToValue {
    /// Borrows where it can.
    fn to_value(&self) -> Value<'_>;
}

/// What a column can be read as.
pub(crate) trait Column: Sized {
    /// From a number; `None` when the type is never one.
    fn from_int(value: i64) -> Option<Self>;
    /// From text; `None` when the text does not fit.
    fn from_text(value: &str) -> Option<Self>;
    /// From NULL; `None` where NULL is an error.
    fn from_null() -> Option<Self> {
        None
    }
}

impl Column for i64 {
    fn from_int(value: i64) -> Option<Self> {
        Some(value)
    }
    fn from_text(_: &str) -> Option<Self> {
        None
    }
}

impl Column for bool {
    fn from_int(value: i64) -> Option<Self> {
        Some(value != 0)
    }
    fn from_text(_: &str) -> Option<Self> {
        None
    }
}

impl Column for Millis {
    fn from_int(value: i64) -> Option<Self> {
        Some(Self(value))
    }
    fn from_text(_: &str) -> Option<Self> {
        None
    }
}

impl Column for String {
    fn from_int(_: i64) -> Option<Self> {
        None
    }
    fn from_text(value: &str) -> Option<Self> {
        Some(value.to_owned())
    }
}

impl<T: Column> Column for Option<T> {
    fn from_int(value: i64) -> Option<Self> {
        T::from_int(value).map(Some)
    }
    fn from_text(value: &str) -> Option<Self> {
        T::from_text(value).map(Some)
    }
    fn from_null() -> Option<Self> {
        Some(None)
    }
}

/// A JSON column: nested parts that are never filtered.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Json<T>(pub T);

impl<T: DeserializeOwned> Column for Json<T> {
    fn from_int(_: i64) -> Option<Self> {
        None
    }
    fn from_text(value: &str) -> Option<Self> {
        serde_json::from_str(value).ok().map(Self)
    }
}

impl<T: Serialize> ToValue for Json<T> {
    fn to_value(&self) -> Value<'_> {
        serde_json::to_string(&self.0).map_or(Value::Null, |text| Value::Text(text.into()))
    }
}

impl ToValue for i64 {
    fn to_value(&self) -> Value<'_> {
        Value::Int(*self)
    }
}

impl ToValue for bool {
    fn to_value(&self) -> Value<'_> {
        Value::Int(i64::from(*self))
    }
}

impl ToValue for Millis {
    fn to_value(&self) -> Value<'_> {
        Value::Int(self.0)
    }
}

impl ToValue for str {
    fn to_value(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self))
    }
}

impl ToValue for String {
    fn to_value(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self))
    }
}

impl ToValue for Value<'_> {
    fn to_value(&self) -> Value<'_> {
        self.clone()
    }
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value<'_> {
        (**self).to_value()
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, ToValue::to_value)
    }
}

macro_rules! text_columns {
    ($($name:ty),*) => {$(
        impl ToValue for $name {
            fn to_value(&self) -> Value<'_> {
                Value::Text(Cow::Borrowed(self.as_str()))
            }
        }
        impl Column for $name {
            fn from_int(_: i64) -> Option<Self> {
                None
            }
            fn from_text(value: &str) -> Option<Self> {
                Some(Self::from(value))
            }
        }
    )*};
}

text_columns!(UserId, RoomId, InviteId, MessageId, SubscriptionId, RoleId, SettingId, Username, EmailAddress);

impl ToValue for RoomKind {
    fn to_value(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self.letter()))
    }
}

impl Column for RoomKind {
    fn from_int(_: i64) -> Option<Self> {
        None
    }
    fn from_text(value: &str) -> Option<Self> {
        Self::from_letter(value)
    }
}

/// A statement's parameters: a tuple, or a slice when their number is only known at run time.
pub(crate) trait Params {
    /// Lends the values for one call.
    fn with<R>(self, use_them: &mut dyn FnMut(&[Value<'_>]) -> R) -> R;
}

impl Params for () {
    fn with<R>(self, use_them: &mut dyn FnMut(&[Value<'_>]) -> R) -> R {
        use_them(&[])
    }
}

impl Params for &[Value<'_>] {
    fn with<R>(self, use_them: &mut dyn FnMut(&[Value<'_>]) -> R) -> R {
        use_them(self)
    }
}

macro_rules! tuple_params {
    ($($($name:ident $at:tt),+;)*) => {$(
        impl<$($name: ToValue),+> Params for ($($name,)+) {
            fn with<R>(self, use_them: &mut dyn FnMut(&[Value<'_>]) -> R) -> R {
                use_them(&[$(self.$at.to_value()),+])
            }
        }
    )*};
}

tuple_params! {
    A 0;
    A 0, B 1;
    A 0, B 1, C 2;
    A 0, B 1, C 2, D 3;
    A 0, B 1, C 2, D 3, E 4;
    A 0, B 1, C 2, D 3, E 4, F 5;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11;
}

/// One row being read.
pub(crate) enum Row<'a> {
    /// Of SQLite.
    Sqlite(&'a rusqlite::Row<'a>),
    /// Of PostgreSQL.
    Postgres(&'a tokio_postgres::Row),
}

impl Row<'_> {
    /// Column `at`, counted from 0 in the order of the query's list.
    ///
    /// Fails with the column's number when it holds something else than `T`.
    pub(crate) fn get<T: Column>(&self, at: usize) -> Result<T, String> {
        let value = match self {
            Self::Sqlite(row) => match row.get_ref(at) {
                Ok(rusqlite::types::ValueRef::Null) => T::from_null(),
                Ok(rusqlite::types::ValueRef::Integer(value)) => T::from_int(value),
                Ok(rusqlite::types::ValueRef::Text(text)) => std::str::from_utf8(text).ok().and_then(T::from_text),
                _ => None,
            },
            Self::Postgres(row) => match row.try_get::<_, super::postgres::Cell<'_>>(at) {
                Ok(super::postgres::Cell::Null) => T::from_null(),
                Ok(super::postgres::Cell::Int(value)) => T::from_int(value),
                Ok(super::postgres::Cell::Text(text)) => T::from_text(text),
                Err(_) => None,
            },
        };
        value.ok_or_else(|| format!("column {at} is not a {}", std::any::type_name::<T>()))
    }
}
