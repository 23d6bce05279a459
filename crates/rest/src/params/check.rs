//! Walks a [`Schema`] over a value: the keywords in ajv's order, ajv's texts, scalars coerced in place.
//!
//! The order, which decides what text a client sees: the type, where a scalar could be coerced; `enum`, `anyOf`, `oneOf`; then
//! the keywords of the value's own type, `maximum` before `minimum` (and so for lengths and items), `required` before unknown
//! keys before the values of keys. The first failure ends it; only the branches of a combinator each add their own.

use super::coerce::{coerce, fits, unpack};
use super::schema::{Kind, Object, Property, Schema};
use super::{ParamsError, Source};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// Checks `value` and coerces what can be coerced.
pub(super) fn check(schema: &Schema, source: Source, value: &mut Value) -> Result<(), ParamsError> {
    let mut walk = Walk { source, messages: Vec::new(), branches: 0 };
    if walk.value(schema, value) { Ok(()) } else { Err(ParamsError::new(source, walk.messages.join("\n "))) }
}

/// Whether `value`, which has been checked and coerced before, is what this branch describes.
pub(super) fn accepts(schema: &Schema, value: &mut Value) -> bool {
    Walk { source: Source::Body, messages: Vec::new(), branches: 0 }.value(schema, value)
}

struct Walk {
    source: Source,
    messages: Vec<Cow<'static, str>>,
    /// How many combinators are being tried around here.
    branches: usize,
}

impl Walk {
    fn fail(&mut self, message: impl Into<Cow<'static, str>>) -> bool {
        self.messages.push(message.into());
        false
    }

    fn value(&mut self, schema: &Schema, value: &mut Value) -> bool {
        let before = self.messages.len();
        if self.source == Source::Query {
            unpack(schema.kind, value);
        }
        // Inside a branch ajv goes on to the combinators after a wrong type; the message there counts twice.
        if type_comes_first(schema) && !self.coerced(schema, value) && self.branches == 0 {
            return false;
        }
        self.combinators(schema, value) && self.messages.len() == before && self.of_type(schema, value)
    }

    fn coerced(&mut self, schema: &Schema, value: &mut Value) -> bool {
        fits(schema, value) || coerce(schema, value) || self.wrong_type(schema)
    }

    fn wrong_type(&mut self, schema: &Schema) -> bool {
        match schema.kind.name() {
            Some(name) => self.fail(format!("must be {name}")),
            None => true,
        }
    }

    fn combinators(&mut self, schema: &Schema, value: &mut Value) -> bool {
        match schema.kind {
            Kind::Text => self.choice(schema, value),
            Kind::OneOf(alternatives) => {
                self.one_of(alternatives.len(), &mut |walk, branch| walk.value(&alternatives[branch], value))
            }
            Kind::AnyOf(alternatives) => {
                self.any_of(alternatives.len(), &mut |walk, branch| walk.value(&alternatives[branch], value))
            }
            Kind::Object(object) => object.layers().into_iter().all(|layer| self.keys(object, layer, value)),
            _ => true,
        }
    }

    fn choice(&mut self, schema: &Schema, value: &Value) -> bool {
        let any = schema.choices.is_empty() || (schema.nullable && value.is_null());
        any || value.as_str().is_some_and(|text| schema.choices.contains(&text))
            || self.fail("must be equal to one of the allowed values")
    }

    /// The combinators of `layer`, one of the objects that `whole` is made of. `required` says nothing of what is no object.
    fn keys(&mut self, whole: &'static Object, layer: &'static Object, value: &Value) -> bool {
        let has = |walk: &mut Self, name: &'static str| match value {
            Value::Object(map) if !has_key(whole, map, name) => walk.missing(name),
            _ => true,
        };
        let (any_of, one_of) = (layer.any_of, layer.one_of);
        (any_of.is_empty() || self.any_of(any_of.len(), &mut |walk, branch| has(walk, any_of[branch])))
            && (one_of.is_empty() || self.one_of(one_of.len(), &mut |walk, branch| has(walk, one_of[branch])))
    }

    /// Tries branches until two fit. The messages of those that failed stay if it comes to nothing.
    fn one_of(&mut self, branches: usize, fits: &mut dyn FnMut(&mut Self, usize) -> bool) -> bool {
        let before = self.messages.len();
        let fitting = self.inside(|walk| (0..branches).filter(|&branch| fits(walk, branch)).take(2).count());
        if fitting != 1 {
            return self.fail("must match exactly one schema in oneOf");
        }
        self.messages.truncate(before);
        true
    }

    /// Tries branches until one fits.
    fn any_of(&mut self, branches: usize, fits: &mut dyn FnMut(&mut Self, usize) -> bool) -> bool {
        let before = self.messages.len();
        if !self.inside(|walk| (0..branches).any(|branch| fits(walk, branch))) {
            return self.fail("must match a schema in anyOf");
        }
        self.messages.truncate(before);
        true
    }

    fn inside<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> T {
        self.branches += 1;
        let result = run(self);
        self.branches -= 1;
        result
    }

    fn of_type(&mut self, schema: &Schema, value: &mut Value) -> bool {
        match (schema.kind, value) {
            (Kind::Text, Value::String(text)) => self.text(schema, text),
            (Kind::Number | Kind::Integer, Value::Number(number)) => self.number(schema, number.as_f64()),
            (Kind::List(items), Value::Array(values)) => self.list(schema, items, values),
            (Kind::Object(object), Value::Object(map)) => self.object(object, map),
            (Kind::List(_) | Kind::Object(_), _) if !type_comes_first(schema) => self.wrong_type(schema),
            _ => true,
        }
    }

    fn text(&mut self, schema: &Schema, text: &str) -> bool {
        self.size(schema, text.chars().count(), "characters")
            && match schema.format {
                Some(format) if !format.fits(text) => self.fail(format!("must match format \"{}\"", format.name())),
                _ => true,
            }
            && (!schema.not_blank
                || !text.trim().is_empty()
                || self.fail("must pass \"isNotEmpty\" keyword validation"))
    }

    fn number(&mut self, schema: &Schema, number: Option<f64>) -> bool {
        let number = number.unwrap_or_default();
        match (schema.least, schema.most) {
            (_, Some(most)) if number > most as f64 => self.fail(format!("must be <= {most}")),
            (Some(least), _) if number < least as f64 => self.fail(format!("must be >= {least}")),
            _ => true,
        }
    }

    fn list(&mut self, schema: &Schema, items: &Schema, values: &mut [Value]) -> bool {
        self.size(schema, values.len(), "items") && values.iter_mut().all(|value| self.value(items, value))
    }

    fn size(&mut self, schema: &Schema, size: usize, of: &str) -> bool {
        let size = i64::try_from(size).unwrap_or(i64::MAX);
        match (schema.least, schema.most) {
            (_, Some(most)) if size > most => self.fail(format!("must NOT have more than {most} {of}")),
            (Some(least), _) if size < least => self.fail(format!("must NOT have fewer than {least} {of}")),
            _ => true,
        }
    }

    fn object(&mut self, object: &'static Object, map: &mut Map<String, Value>) -> bool {
        self.enough(object, map)
            && object.all(&mut |property| self.present(property, map))
            && self.known(object, map)
            && object.all(&mut |property| self.property(property, map))
    }

    fn enough(&mut self, object: &Object, map: &Map<String, Value>) -> bool {
        let least = object.min_properties;
        map.len() >= least || self.fail(format!("must NOT have fewer than {least} properties"))
    }

    fn present(&mut self, property: &Property, map: &Map<String, Value>) -> bool {
        !property.required || property.names().any(|name| map.contains_key(name)) || self.missing(property.name)
    }

    fn missing(&mut self, name: &str) -> bool {
        self.fail(format!("must have required property '{name}'"))
    }

    fn known(&mut self, object: &Object, map: &Map<String, Value>) -> bool {
        !object.strict
            || map.keys().all(|key| object.property(key).is_some())
            || self.fail("must NOT have additional properties")
    }

    fn property(&mut self, property: &Property, map: &mut Map<String, Value>) -> bool {
        property.names().all(|name| map.get_mut(name).is_none_or(|value| self.value(&property.schema, value)))
    }
}

/// ajv checks the type before everything else where it may have to coerce, or where nothing but the type is said.
fn type_comes_first(schema: &Schema) -> bool {
    match schema.kind {
        Kind::Object(_) | Kind::List(_) => schema.nullable,
        _ => true,
    }
}

/// Whether the object has this key, under any of the names of the property that has this one.
fn has_key(whole: &Object, map: &Map<String, Value>, name: &str) -> bool {
    map.contains_key(name)
        || whole.property(name).is_some_and(|property| property.names().any(|name| map.contains_key(name)))
}
