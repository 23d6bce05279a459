//! `query`: which documents are meant.
//!
//! A small part of the database language that the parameter once gave away whole: equality, `$or`, `$and` and `$regex`.
//! Every other operator is taken out before anything else looks at it.

use super::{HIDDEN, invalid};
use crate::params::parse_json;
use gantry_model::{Error, Millis, Result};
use regex::{Regex, RegexBuilder};
use serde_json::{Map, Value};

/// The longest pattern in bytes.
const LONGEST_PATTERN: usize = 1_000;
/// The most memory that one compiled pattern, or its cache, may take.
const PATTERN_MEMORY: usize = 256 * 1024;
/// The most conditions in one selector.
const MOST_CLAUSES: usize = 100;

/// An operator that a route may allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `$or`: one of a list of selectors.
    Or,
    /// `$and`: all of a list of selectors.
    And,
    /// `$regex`, with its `$options`: a pattern.
    Regex,
}

/// What a route allows in `query`.
#[derive(Clone, Copy, Debug)]
pub struct SelectorRules {
    /// The fields that may be asked by; a name also allows what is below it. None: any field.
    pub fields: &'static [&'static str],
    /// The operators that may be used.
    pub operators: &'static [Operator],
}

/// A condition on documents.
#[derive(Clone, Debug)]
pub struct Selector(Clause);

#[derive(Clone, Debug)]
enum Clause {
    All(Vec<Clause>),
    Any(Vec<Clause>),
    Equals(String, Value),
    Matches(String, Regex),
}

impl Selector {
    /// Reads an EJSON selector.
    ///
    /// # Errors
    /// `error-invalid-query`: it cannot be read, or one line for each field and operator that the route does not allow.
    pub fn parse(raw: &str, rules: &SelectorRules) -> Result<Self> {
        let mut reader = Reader { rules, offences: Vec::new(), clauses: 0 };
        let clause = match parse_json(raw.as_bytes()) {
            Ok(Value::Object(map)) => reader.all(map),
            _ => None,
        };
        if !reader.offences.is_empty() {
            return Err(Error::new("error-invalid-query", reader.offences.join("\n")));
        }
        clause.map(Self).ok_or_else(|| invalid("query", raw))
    }

    /// Whether the document is one of those that are meant.
    pub fn matches(&self, document: &Value) -> bool {
        self.0.holds(document)
    }
}

struct Reader<'a> {
    rules: &'a SelectorRules,
    offences: Vec<String>,
    clauses: usize,
}

/// `None` everywhere: the selector cannot be read.
impl Reader<'_> {
    fn all(&mut self, map: Map<String, Value>) -> Option<Clause> {
        let pairs = map.into_iter().filter(|(key, _)| is_told(key));
        pairs.map(|(key, value)| self.clause(key, value)).collect::<Option<_>>().map(Clause::All)
    }

    fn clause(&mut self, key: String, value: Value) -> Option<Clause> {
        self.clauses += 1;
        if self.clauses > MOST_CLAUSES {
            return None;
        }
        match key.as_str() {
            "$or" => self.list(Operator::Or, value).map(Clause::Any),
            "$and" => self.list(Operator::And, value).map(Clause::All),
            _ => self.field(key, value),
        }
    }

    fn list(&mut self, operator: Operator, value: Value) -> Option<Vec<Clause>> {
        self.allow(operator);
        let Value::Array(items) = value else { return None };
        let branch = |item| match item {
            Value::Object(map) => self.all(map),
            _ => None,
        };
        items.into_iter().map(branch).collect::<Option<Vec<_>>>().filter(|branches| !branches.is_empty())
    }

    fn field(&mut self, path: String, value: Value) -> Option<Clause> {
        if !self.knows(&path) {
            self.offences.push(format!("Invalid attribute: {path}"));
        }
        match value {
            Value::Object(map) if map.contains_key("$regex") => {
                self.allow(Operator::Regex);
                pattern(&map).map(|pattern| Clause::Matches(path, pattern))
            }
            value => Some(Clause::Equals(path, plain(value))),
        }
    }

    fn knows(&self, path: &str) -> bool {
        let covers =
            |field: &&str| path.strip_prefix(*field).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        self.rules.fields.is_empty() || self.rules.fields.iter().any(covers)
    }

    fn allow(&mut self, operator: Operator) {
        if !self.rules.operators.contains(&operator) {
            let name = match operator {
                Operator::Or => "$or",
                Operator::And => "$and",
                Operator::Regex => "$regex",
            };
            self.offences.push(format!("Invalid operation: {name}"));
        }
    }
}

/// Whether a key counts: operators that are not ours, and fields that nobody asks by, are as if they were not there.
fn is_told(key: &str) -> bool {
    let root = key.split('.').next().unwrap_or_default();
    matches!(key, "$or" | "$and") || !(key.starts_with('$') || HIDDEN.contains(&root))
}

fn pattern(map: &Map<String, Value>) -> Option<Regex> {
    let text = map.get("$regex")?.as_str().filter(|text| text.len() <= LONGEST_PATTERN)?;
    let options = map.get("$options").map_or(Some(""), Value::as_str)?;
    RegexBuilder::new(text)
        .case_insensitive(options.contains('i'))
        .multi_line(options.contains('m'))
        .dot_matches_new_line(options.contains('s'))
        .ignore_whitespace(options.contains('x'))
        .size_limit(PATTERN_MEMORY)
        .dfa_size_limit(PATTERN_MEMORY)
        .build()
        .ok()
}

/// The value to compare with, spelled as documents spell it: `{"$date":ms}` is ISO text; other operators are taken out.
fn plain(value: Value) -> Value {
    match value {
        Value::Object(map) => match map.get("$date").and_then(Value::as_i64) {
            Some(instant) => Value::String(Millis(instant).iso()),
            None => map.into_iter().filter(|(key, _)| !key.starts_with('$')).collect(),
        },
        value => value,
    }
}

impl Clause {
    fn holds(&self, document: &Value) -> bool {
        match self {
            Self::All(clauses) => clauses.iter().all(|clause| clause.holds(document)),
            Self::Any(clauses) => clauses.iter().any(|clause| clause.holds(document)),
            Self::Equals(path, value) => any_at(document, path, &|there| same(there, value)),
            Self::Matches(path, pattern) => {
                any_at(document, path, &|there| there.as_str().is_some_and(|text| pattern.is_match(text)))
            }
        }
    }
}

/// Whether `test` holds for what the path leads to, for an item of a list there, or for a list itself.
/// Where it leads nowhere that is `null`.
fn any_at(value: &Value, path: &str, test: &dyn Fn(&Value) -> bool) -> bool {
    let (key, rest) = path.split_once('.').map_or((path, None), |(key, rest)| (key, Some(rest)));
    match (value.get(key), rest) {
        (None, _) => test(&Value::Null),
        (Some(Value::Array(items)), Some(rest)) => items.iter().any(|item| any_at(item, rest, test)),
        (Some(there), Some(rest)) => any_at(there, rest, test),
        (Some(there), None) => test(there) || there.as_array().is_some_and(|items| items.iter().any(test)),
    }
}

fn same(there: &Value, value: &Value) -> bool {
    let numbers = there.as_f64().zip(value.as_f64());
    numbers.map_or_else(|| there == value, |(there, value)| there == value)
}
