//! What values look like: each type reads its text and shows itself without telling secrets.

use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use tracing_subscriber::EnvFilter;

/// The type of an option.
pub trait Value: Sized {
    /// The form of a value, for the documentation and for errors: `expected <KIND>`.
    const KIND: &'static str;
    /// Whether a flag of this type may stand alone and then means `true`.
    const SWITCH: bool = false;
    /// Whether a text that cannot be read must not be repeated in the error.
    const SECRET: bool = false;

    /// Reads a value; `None` when the text does not have the form [`Self::KIND`].
    fn read(text: &str) -> Option<Self>;

    /// The value for people: secrets are stars.
    fn show(&self) -> String;
}

/// What stands for a secret wherever people look.
pub(super) const STARS: &str = "***";

/// An option without a default: empty text is absence.
impl<T: Value> Value for Option<T> {
    const KIND: &'static str = T::KIND;
    const SWITCH: bool = T::SWITCH;
    const SECRET: bool = T::SECRET;

    fn read(text: &str) -> Option<Self> {
        if text.is_empty() { Some(None) } else { T::read(text).map(Some) }
    }

    fn show(&self) -> String {
        self.as_ref().map_or_else(|| "(none)".into(), T::show)
    }
}

impl Value for PathBuf {
    const KIND: &'static str = "a path";

    fn read(text: &str) -> Option<Self> {
        (!text.is_empty() && !text.contains('\0')).then(|| Self::from(text))
    }

    fn show(&self) -> String {
        Path::display(self).to_string()
    }
}

impl Value for String {
    const KIND: &'static str = "a text";

    fn read(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }

    fn show(&self) -> String {
        self.clone()
    }
}

impl Value for bool {
    const KIND: &'static str = "true or false";
    const SWITCH: bool = true;

    fn read(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "1" => Some(true),
            "false" | "no" | "off" | "0" => Some(false),
            _ => None,
        }
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

macro_rules! parsed {
    ($($kind:ty: $form:literal;)*) => {$(
        impl Value for $kind {
            const KIND: &'static str = $form;

            fn read(text: &str) -> Option<Self> {
                text.parse().ok()
            }

            fn show(&self) -> String {
                self.to_string()
            }
        }
    )*};
}

parsed! {
    u8: "a number from 0 to 255";
    u16: "a number from 0 to 65535";
    u32: "a number from 0 to 4294967295";
    IpAddr: "an IP address";
}

macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident, $form:literal { $($(#[$about:meta])* $variant:ident = $word:literal,)+ })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$about])* $variant,)+
        }

        impl Value for $name {
            const KIND: &'static str = $form;

            fn read(text: &str) -> Option<Self> {
                match text {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }

            fn show(&self) -> String {
                match self {
                    $(Self::$variant => $word,)+
                }
                .into()
            }
        }
    )*};
}

choices! {
    /// The form of a log line.
    LogFormat, "`text` or `json`" {
        /// For people.
        Text = "text",
        /// One JSON object a line.
        Json = "json",
    }

    /// What an ephemeral server is filled with.
    Seed, "`demo`" {
        /// A fixed administrator, some users and rooms.
        Demo = "demo",
    }

    /// Who may read `/metrics`.
    MetricsAccess, "`local`, `all` or `off`" {
        /// Loopback and private addresses that come without a proxy.
        Local = "local",
        /// Everybody.
        All = "all",
        /// Nobody.
        Off = "off",
    }
}

/// Text that is never shown: not by `gantry config`, not by `Debug`, not in a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Hides `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The secret itself, for the one place that needs it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(STARS)
    }
}

impl Value for Secret {
    const KIND: &'static str = "a text";
    const SECRET: bool = true;

    fn read(text: &str) -> Option<Self> {
        Some(Self::new(text))
    }

    fn show(&self) -> String {
        STARS.into()
    }
}

/// Address of a PostgreSQL database; its password is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// The whole address, password included, for the one place that connects.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Everything behind `scheme://user:` up to the last `@`, and `password=` in the query, is the password.
    fn masked(&self) -> String {
        let (scheme, rest) = self.0.split_once("://").unwrap_or(("postgres", &self.0));
        let (rest, query) = rest.split_once('?').map_or((rest, None), |(rest, query)| (rest, Some(query)));
        let place = match rest.rsplit_once('@') {
            Some((user, place)) => match user.split_once(':') {
                Some((name, _)) => format!("{name}:{STARS}@{place}"),
                None => rest.to_owned(),
            },
            None => rest.to_owned(),
        };
        match query {
            None => format!("{scheme}://{place}"),
            Some(query) if query.contains("password") => format!("{scheme}://{place}?{STARS}"),
            Some(query) => format!("{scheme}://{place}?{query}"),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl Value for DatabaseUrl {
    const KIND: &'static str = "an address that begins with `postgres://`";
    const SECRET: bool = true;

    fn read(text: &str) -> Option<Self> {
        let place = text.strip_prefix("postgres://").or_else(|| text.strip_prefix("postgresql://"))?;
        (!place.is_empty()).then(|| Self(text.to_owned()))
    }

    fn show(&self) -> String {
        self.masked()
    }
}

/// The public address of the server, without a `/` at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RootUrl(String);

impl RootUrl {
    /// `https://chat.example.org`
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Value for RootUrl {
    const KIND: &'static str = "an address that begins with `http://` or `https://`";

    fn read(text: &str) -> Option<Self> {
        let url = text.trim_end_matches('/');
        let place = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
        let plain = !place.is_empty() && !place.contains(|c: char| c.is_whitespace() || "?#\"<>".contains(c));
        plain.then(|| Self(url.to_owned()))
    }

    fn show(&self) -> String {
        self.0.clone()
    }
}

/// A filter of log events that has been read without error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogFilter(String);

impl LogFilter {
    /// The filter's own text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Value for LogFilter {
    const KIND: &'static str = "a level (`error`, `warn`, `info`, `debug`, `trace`) or a list of `module=level`";

    fn read(text: &str) -> Option<Self> {
        let sound = EnvFilter::try_new(text).is_ok();
        // The filter's own parser takes any lone word for a module's name: `inof` would log nothing at all.
        let level = text.contains('=') || text.split(',').all(|word| word.parse::<tracing::Level>().is_ok());
        (sound && level).then(|| Self(text.to_owned()))
    }

    fn show(&self) -> String {
        self.0.clone()
    }
}

/// A number of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByteSize(u64);

impl ByteSize {
    const UNITS: [(&'static str, u64); 4] = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)];

    /// The number.
    pub fn bytes(self) -> u64 {
        self.0
    }
}

impl Value for ByteSize {
    const KIND: &'static str = "a size, as in `512 KiB`, `1 MiB` or `1048576`";

    fn read(text: &str) -> Option<Self> {
        let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
        let unit = text[digits.len()..].trim();
        let factor = match unit {
            "" => 1,
            _ => Self::UNITS.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit))?.1,
        };
        digits.parse::<u64>().ok()?.checked_mul(factor).map(Self)
    }

    fn show(&self) -> String {
        let whole = |(_, factor): &(&str, u64)| self.0 != 0 && self.0.is_multiple_of(*factor);
        let (unit, factor) = Self::UNITS.into_iter().find(whole).unwrap_or(("B", 1));
        format!("{} {unit}", self.0 / factor)
    }
}
