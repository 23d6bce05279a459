//! Descriptions as JSON Schema 2020-12, which is what OpenAPI 3.1 takes.

use super::schema::{Kind, Object, Property, Schema};
use serde_json::{Map, Value, json};

impl Schema {
    /// This description as JSON Schema 2020-12.
    pub fn to_openapi(&self) -> Value {
        let mut schema = Map::new();
        if let Some(name) = self.kind.name() {
            let types = if self.nullable { json!([name, "null"]) } else { json!(name) };
            schema.insert("type".into(), types);
        }
        match self.kind {
            Kind::List(items) => set(&mut schema, "items", items.to_openapi()),
            Kind::Object(object) => object.describe(&mut schema),
            Kind::OneOf(alternatives) => set(&mut schema, "oneOf", all(alternatives)),
            Kind::AnyOf(alternatives) => set(&mut schema, "anyOf", all(alternatives)),
            Kind::Any | Kind::Text | Kind::Number | Kind::Integer | Kind::Boolean | Kind::Map => {}
        }
        self.rules(&mut schema);
        Value::Object(schema)
    }

    /// The parameters of a query string as OpenAPI parameter objects.
    ///
    /// Which of several are required together cannot be said there.
    pub fn query_parameters(&self) -> Vec<Value> {
        let mut parameters = Vec::new();
        match self.kind {
            Kind::Object(object) => {
                object.all(&mut |property| {
                    parameters.extend(property.names().map(|name| property.in_query(name)));
                    true
                });
            }
            Kind::OneOf(alternatives) | Kind::AnyOf(alternatives) => {
                for parameter in alternatives.iter().flat_map(Self::query_parameters) {
                    merge(&mut parameters, parameter);
                }
            }
            _ => {}
        }
        parameters
    }

    fn rules(&self, schema: &mut Map<String, Value>) {
        let (least, most) = match self.kind {
            Kind::Text => ("minLength", "maxLength"),
            Kind::List(_) => ("minItems", "maxItems"),
            _ => ("minimum", "maximum"),
        };
        let bounds = [(least, self.least), (most, self.most)];
        schema.extend(bounds.into_iter().filter_map(|(name, bound)| Some((name.to_owned(), bound?.into()))));
        if !self.choices.is_empty() {
            let texts = self.choices.iter().copied().map(Value::from);
            set(schema, "enum", texts.chain(self.nullable.then_some(Value::Null)).collect());
        }
        if let Some(format) = self.format {
            set(schema, "format", format.name().into());
        }
        if self.not_blank {
            set(schema, "pattern", "\\S".into());
        }
    }
}

fn set(schema: &mut Map<String, Value>, key: &str, value: Value) {
    schema.insert(key.to_owned(), value);
}

fn all(alternatives: &[Schema]) -> Value {
    alternatives.iter().map(Schema::to_openapi).collect()
}

/// Adds a parameter of one alternative: required only where all have it so.
fn merge(parameters: &mut Vec<Value>, mut parameter: Value) {
    parameter["required"] = false.into();
    if parameters.iter().all(|there| there["name"] != parameter["name"]) {
        parameters.push(parameter);
    }
}

impl Object {
    fn describe(&'static self, schema: &mut Map<String, Value>) {
        let (mut properties, mut required) = (Map::new(), Vec::new());
        self.all(&mut |property| {
            properties.extend(property.names().map(|name| (name.to_owned(), property.described(name))));
            required.extend(property.required.then_some(property));
            true
        });
        set(schema, "properties", Value::Object(properties));
        self.combinators(&required, schema);
        let plain: Vec<&str> = required.iter().filter(|it| it.aliases.is_empty()).map(|it| it.name).collect();
        if !plain.is_empty() {
            set(schema, "required", plain.into());
        }
        if self.strict {
            set(schema, "additionalProperties", false.into());
        }
        if self.min_properties > 0 {
            set(schema, "minProperties", self.min_properties.into());
        }
    }

    fn requires(&self, name: &str) -> Value {
        match self.property(name) {
            Some(property) if !property.aliases.is_empty() => json!({ "anyOf": property.under_any_name() }),
            _ => requires(name),
        }
    }

    /// `anyOf` and `oneOf` of all layers; several of a kind stand in `allOf`.
    fn combinators(&'static self, required: &[&'static Property], schema: &mut Map<String, Value>) {
        let aliased = required.iter().filter(|property| !property.aliases.is_empty());
        let mut found: Vec<(&str, Value)> = aliased.map(|property| ("anyOf", property.under_any_name())).collect();
        for layer in self.layers() {
            for (word, names) in [("anyOf", layer.any_of), ("oneOf", layer.one_of)] {
                if !names.is_empty() {
                    found.push((word, names.iter().map(|name| self.requires(name)).collect()));
                }
            }
        }
        for (word, branches) in found {
            if schema.contains_key(word) {
                let all = schema.entry("allOf").or_insert_with(|| json!([]));
                all.as_array_mut().into_iter().for_each(|all| all.push(json!({ word: branches })));
            } else {
                set(schema, word, branches);
            }
        }
    }
}

fn requires(name: &str) -> Value {
    json!({ "required": [name] })
}

impl Property {
    fn under_any_name(&self) -> Value {
        self.names().map(requires).collect()
    }

    fn described(&self, name: &str) -> Value {
        let mut schema = self.schema.to_openapi();
        let about = self.about_as(name);
        if !about.is_empty() {
            schema["description"] = about.into();
        }
        schema
    }

    fn about_as(&self, name: &str) -> String {
        if name == self.name { self.about.to_owned() } else { format!("Same as `{}`.", self.name) }
    }

    fn in_query(&self, name: &str) -> Value {
        let mut parameter = json!({
            "name": name,
            "in": "query",
            "required": self.required && self.aliases.is_empty(),
            "schema": self.schema.to_openapi(),
        });
        let about = self.about_as(name);
        if !about.is_empty() {
            parameter["description"] = about.into();
        }
        parameter
    }
}
