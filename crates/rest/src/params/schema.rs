//! What a value may be, as data that needs no start-up: every description is a constant.

use gantry_model::Millis;

/// What one value may be.
///
/// Made from a constant or constructor (`Schema::TEXT`, [`Schema::list`]) and narrowed by the methods, which refuse at
/// compile time what has no meaning: a `min_length` of a number does not build.
///
/// | rule | text |
/// | --- | --- |
/// | type | `must be string`, `number`, `integer`, `boolean`, `array`, `object` |
/// | [`choices`](Self::choices) | `must be equal to one of the allowed values` |
/// | [`min_length`](Self::min_length), [`max_length`](Self::max_length) | `must NOT have fewer than 1 characters`, `must NOT have more than 9 characters` |
/// | [`not_blank`](Self::not_blank) | `must pass "isNotEmpty" keyword validation` |
/// | [`Format`] | `must match format "date-time"` |
/// | [`min_items`](Self::min_items), [`max_items`](Self::max_items) | `must NOT have fewer than 1 items`, `must NOT have more than 9 items` |
/// | [`min`](Self::min), [`max`](Self::max) | `must be >= 0`, `must be <= 9` |
/// | required | `must have required property 'x'` |
/// | [`Object::strict`] | `must NOT have additional properties` |
/// | [`Object::one_of`], [`Schema::one_of`] | `must match exactly one schema in oneOf`, after a message for each branch that failed |
/// | [`Object::any_of`], [`Schema::any_of`] | `must match a schema in anyOf`, likewise |
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    pub(super) kind: Kind,
    pub(super) nullable: bool,
    pub(super) not_blank: bool,
    /// The fewest characters or items, the smallest number.
    pub(super) least: Option<i64>,
    /// The most characters or items, the largest number.
    pub(super) most: Option<i64>,
    pub(super) choices: &'static [&'static str],
    pub(super) format: Option<Format>,
}

/// The type of a value.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Whatever JSON can say.
    Any,
    /// A string.
    Text,
    /// A number.
    Number,
    /// A number without a fraction.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// An array of such items.
    List(&'static Schema),
    /// An object of any keys.
    Map,
    /// An object of known keys.
    Object(&'static Object),
    /// Exactly one of these.
    OneOf(&'static [Schema]),
    /// At least one of these.
    AnyOf(&'static [Schema]),
}

/// What a text has to look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// An instant: ISO 8601, or milliseconds since the epoch in digits.
    DateTime,
}

/// An object of known keys.
#[derive(Clone, Copy, Debug)]
pub struct Object {
    /// The keys, in the order in which they are checked.
    pub members: &'static [Member],
    /// Whether other keys are refused. Counts only for the outermost object, not for one that is flattened into it.
    pub strict: bool,
    /// Keys of which exactly one has to be there; none: no such rule.
    pub one_of: &'static [&'static str],
    /// Keys of which at least one has to be there; none: no such rule.
    pub any_of: &'static [&'static str],
    /// The fewest keys.
    pub min_properties: usize,
}

/// A key, or all keys of another object.
#[derive(Clone, Copy, Debug)]
pub enum Member {
    /// One key.
    Property(Property),
    /// The keys and the rules of another object.
    Flattened(&'static Object),
}

/// A key of an object.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    /// Its name on the wire.
    pub name: &'static str,
    /// Names under which it is read when `name` is absent.
    pub aliases: &'static [&'static str],
    /// Whether it has to be there, under any of its names.
    pub required: bool,
    /// A sentence for people.
    pub about: &'static str,
    /// What its value may be.
    pub schema: Schema,
}

/// How many items a list may have when its description does not say. Bounds what one request can ask for.
pub(super) const MOST_ITEMS: i64 = 5_000;

impl Schema {
    /// Any value at all.
    pub const ANY: Self = Self::of(Kind::Any);
    /// Any text.
    pub const TEXT: Self = Self::of(Kind::Text);
    /// Any number.
    pub const NUMBER: Self = Self::of(Kind::Number);
    /// Any number without a fraction.
    pub const INTEGER: Self = Self::of(Kind::Integer);
    /// `true` or `false`.
    pub const BOOLEAN: Self = Self::of(Kind::Boolean);
    /// An object of any keys.
    pub const MAP: Self = Self::of(Kind::Map);
    /// An instant.
    pub const INSTANT: Self = Self { format: Some(Format::DateTime), ..Self::TEXT };

    const fn of(kind: Kind) -> Self {
        Self { kind, nullable: false, not_blank: false, least: None, most: None, choices: &[], format: None }
    }

    /// An array of such items, 5,000 at most unless [`max_items`](Self::max_items) says otherwise.
    pub const fn list(items: &'static Self) -> Self {
        Self { most: Some(MOST_ITEMS), ..Self::of(Kind::List(items)) }
    }

    /// An object of known keys.
    pub const fn object(object: &'static Object) -> Self {
        Self::of(Kind::Object(object))
    }

    /// Exactly one of these.
    pub const fn one_of(alternatives: &'static [Self]) -> Self {
        Self::of(Kind::OneOf(alternatives))
    }

    /// At least one of these; the first that fits is read.
    pub const fn any_of(alternatives: &'static [Self]) -> Self {
        Self::of(Kind::AnyOf(alternatives))
    }

    /// Takes `null`, too.
    #[must_use]
    pub const fn nullable(self) -> Self {
        let typed = !matches!(self.kind, Kind::Any | Kind::OneOf(_) | Kind::AnyOf(_));
        assert!(typed, "`nullable` is for a value of one type");
        Self { nullable: true, ..self }
    }

    /// Not only white space.
    #[must_use]
    pub const fn not_blank(self) -> Self {
        self.expect_text();
        Self { not_blank: true, ..self }
    }

    /// One of these texts.
    #[must_use]
    pub const fn choices(self, choices: &'static [&'static str]) -> Self {
        self.expect_text();
        Self { choices, ..self }
    }

    /// At least so many characters.
    #[must_use]
    pub const fn min_length(self, least: i64) -> Self {
        self.expect_text();
        Self { least: Some(least), ..self }
    }

    /// At most so many characters.
    #[must_use]
    pub const fn max_length(self, most: i64) -> Self {
        self.expect_text();
        Self { most: Some(most), ..self }
    }

    /// At least so many items.
    #[must_use]
    pub const fn min_items(self, least: i64) -> Self {
        assert!(matches!(self.kind, Kind::List(_)), "only a list has items");
        Self { least: Some(least), ..self }
    }

    /// At most so many items.
    #[must_use]
    pub const fn max_items(self, most: i64) -> Self {
        assert!(matches!(self.kind, Kind::List(_)), "only a list has items");
        Self { most: Some(most), ..self }
    }

    /// At least this number.
    #[must_use]
    pub const fn min(self, least: i64) -> Self {
        assert!(matches!(self.kind, Kind::Number | Kind::Integer), "only a number has a minimum");
        Self { least: Some(least), ..self }
    }

    /// At most this number.
    #[must_use]
    pub const fn max(self, most: i64) -> Self {
        assert!(matches!(self.kind, Kind::Number | Kind::Integer), "only a number has a maximum");
        Self { most: Some(most), ..self }
    }

    const fn expect_text(&self) {
        assert!(matches!(self.kind, Kind::Text), "this rule is for text");
    }
}

impl Kind {
    /// The name of the type in messages and in JSON Schema, where there is one.
    pub(super) fn name(self) -> Option<&'static str> {
        match self {
            Self::Any | Self::OneOf(_) | Self::AnyOf(_) => None,
            Self::Text => Some("string"),
            Self::Number => Some("number"),
            Self::Integer => Some("integer"),
            Self::Boolean => Some("boolean"),
            Self::List(_) => Some("array"),
            Self::Map | Self::Object(_) => Some("object"),
        }
    }
}

impl Format {
    /// Its name in messages and in JSON Schema.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::DateTime => "date-time",
        }
    }

    pub(super) fn fits(self, text: &str) -> bool {
        match self {
            Self::DateTime => Millis::parse(text).is_some(),
        }
    }
}

impl Object {
    /// Hands every key to `visit`, also those that are flattened, in order, until it says `false`; whether it never did.
    pub(super) fn all(&self, visit: &mut dyn FnMut(&'static Property) -> bool) -> bool {
        self.members.iter().all(|member| match member {
            Member::Property(property) => visit(property),
            Member::Flattened(object) => object.all(visit),
        })
    }

    /// This object and all that are flattened into it: each has combinators of its own.
    pub(super) fn layers(&'static self) -> Vec<&'static Self> {
        let mut layers = vec![self];
        for member in self.members {
            if let Member::Flattened(object) = member {
                layers.extend(object.layers());
            }
        }
        layers
    }

    /// The key that has this name or alias.
    pub(super) fn property(&self, name: &str) -> Option<&'static Property> {
        let mut found = None;
        self.all(&mut |property| {
            found = property.names().any(|own| own == name).then_some(property);
            found.is_none()
        });
        found
    }
}

impl Property {
    /// Its name, then its aliases.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }
}
