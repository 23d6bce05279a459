//! Lists: which part of them, in what order, with which fields.
//!
//! ```text
//! #[derive(Params)]
//! struct Members { #[params(flatten)] group: GroupRef, #[params(flatten)] page: PageParams }
//!
//! let page = query.page.page(&limits);                                 // Page { offset: 0, count: Some(50) }
//! let order = query.page.sort()?.pick(&[("name", Column::Name)]);      // [(Column::Name, Ascending)]
//! ```
//!
//! Unlike those of `params`, the errors here are application errors: they carry a code and details.

mod fields;
mod selector;

pub use fields::Fields;
pub use selector::{Operator, Selector, SelectorRules};

use crate::params::Params;
use gantry_model::{Error, Result};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Value, json};
use std::fmt;

/// Keys of documents that nobody selects, and nobody asks by.
const HIDDEN: [&str; 4] = ["joinCode", "members", "importIds", "e2e"];

/// The largest offset: what a store can count, with room for a page behind it.
const FARTHEST: u64 = 1 << 53;

/// The parameters of a list; flatten it into the endpoint's own.
#[derive(Clone, Debug, Default, Params)]
pub struct PageParams {
    /// How many items to skip.
    pub offset: Option<f64>,
    /// How many items to return; 0 for all, where the server allows that.
    pub count: Option<f64>,
    /// The order as a JSON object, for example `{"name":1,"ts":-1}`.
    pub sort: Option<String>,
}

/// The older parameters of some lists; flatten it beside [`PageParams`].
#[derive(Clone, Debug, Default, Params)]
pub struct LegacyParams {
    /// The fields to return as a JSON object, for example `{"name":1}`. Deprecated.
    pub fields: Option<String>,
    /// A selector as a JSON object, with `$or`, `$and` and `$regex`. Deprecated.
    pub query: Option<String>,
}

/// What the settings `API_Default_Count`, `API_Upper_Count_Limit` and `API_Allow_Infinite_Count` say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageLimits {
    /// The count when none is asked for; 0 or less means 50.
    pub default_count: i64,
    /// The largest count; 0 or less means 100.
    pub upper_limit: i64,
    /// Whether a count of 0 means all.
    pub allow_infinite: bool,
}

/// A part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// How many items to skip.
    pub offset: u64,
    /// How many items at most; `None` for all.
    pub count: Option<u64>,
}

impl PageParams {
    /// The part that is asked for, within the limits. What is negative counts as not said.
    pub fn page(&self, limits: &PageLimits) -> Page {
        let default = positive(limits.default_count).unwrap_or(50);
        let upper = positive(limits.upper_limit).unwrap_or(100);
        let count = match self.count.map(f64::trunc) {
            Some(count) if count >= 1.0 => Some((count as u64).min(upper)),
            Some(0.0) if limits.allow_infinite => None,
            _ => Some(default.min(upper)),
        };
        Page { offset: (self.offset.unwrap_or_default() as u64).min(FARTHEST), count }
    }

    /// The order that is asked for.
    ///
    /// # Errors
    /// `error-invalid-sort`.
    pub fn sort(&self) -> Result<Sort> {
        self.sort.as_deref().map_or_else(|| Ok(Sort::default()), Sort::parse)
    }
}

impl LegacyParams {
    /// The projection that is asked for; `hidden` are the fields that this route keeps to itself.
    ///
    /// # Errors
    /// `error-invalid-fields`.
    pub fn fields(&self, hidden: &[&'static str]) -> Result<Option<Fields>> {
        self.fields.as_deref().map(|raw| Fields::parse(raw, hidden)).transpose()
    }

    /// The selector that is asked for.
    ///
    /// # Errors
    /// `error-invalid-query`.
    pub fn query(&self, rules: &SelectorRules) -> Result<Option<Selector>> {
        self.query.as_deref().map(|raw| Selector::parse(raw, rules)).transpose()
    }
}

fn positive(number: i64) -> Option<u64> {
    u64::try_from(number).ok().filter(|&number| number > 0)
}

/// Which way a list runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// `1`: the smallest first.
    Ascending,
    /// `-1`: the largest first.
    Descending,
}

/// An order: keys, the most important first. Empty where nothing is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sort(Vec<(String, Direction)>);

impl Sort {
    /// Reads a JSON object of keys and `1` or `-1`; the order of its keys counts.
    ///
    /// # Errors
    /// `error-invalid-sort`.
    pub fn parse(raw: &str) -> Result<Self> {
        let pairs = ordered(raw).and_then(|pairs| pairs.into_iter().map(directed).collect::<Option<_>>());
        pairs.map(Self).ok_or_else(|| invalid("sort", raw))
    }

    /// The keys with their directions.
    pub fn keys(&self) -> &[(String, Direction)] {
        &self.0
    }

    /// The columns for the keys that `columns` knows; others are passed over, and a column stands only once.
    pub fn pick<C: Copy + PartialEq>(&self, columns: &[(&str, C)]) -> Vec<(C, Direction)> {
        let mut picked: Vec<(C, Direction)> = Vec::new();
        for (key, direction) in &self.0 {
            match columns.iter().find(|(name, _)| name == key) {
                Some(&(_, column)) if picked.iter().all(|(there, _)| *there != column) => {
                    picked.push((column, *direction));
                }
                _ => {}
            }
        }
        picked
    }
}

fn directed((key, value): (String, Value)) -> Option<(String, Direction)> {
    match value.as_f64()? {
        1.0 => Some((key, Direction::Ascending)),
        -1.0 => Some((key, Direction::Descending)),
        _ => None,
    }
}

/// The published error about a parameter that is no JSON object of the right values.
fn invalid(parameter: &str, raw: &str) -> Error {
    let reason = format!("Invalid {parameter} parameter provided: \"{raw}\"");
    Error::new(format!("error-invalid-{parameter}"), reason).with_details(json!({ "helperMethod": "parseJsonQuery" }))
}

/// The pairs of a JSON object in their order.
fn ordered(raw: &str) -> Option<Vec<(String, Value)>> {
    serde_json::from_str::<Pairs>(raw).ok().map(|pairs| pairs.0)
}

struct Pairs(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Pairs;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}

#[cfg(test)]
mod tests;
