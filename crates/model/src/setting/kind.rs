//! Kinds of settings.

use serde::{Serialize, Serializer};

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident $text:literal;)*) => {
        /// What a setting's value is and how it is edited; `type` of its document.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum SettingKind {
            $($(#[$doc])* $name,)*
        }

        impl SettingKind {
            /// Its name in the protocol.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// Reads [`as_str`](Self::as_str).
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$name),)* _ => None }
            }
        }
    };
}

kinds! {
    /// A button; its value names what it does.
    Action "action";
    /// A picture: `{url, defaultUrl}`.
    Asset "asset";
    /// On or off.
    Boolean "boolean";
    /// A long text in a language.
    Code "code";
    /// A colour, or an expression that yields one.
    Color "color";
    /// An instant as ISO text.
    Date "date";
    /// A font family.
    Font "font";
    /// A heading under which settings stand; it has no value.
    Group "group";
    /// A whole number.
    Int "int";
    /// A language's code; empty = the client's.
    Language "language";
    /// One of the values that an endpoint offers.
    Lookup "lookup";
    /// Some of a list of texts.
    MultiSelect "multiSelect";
    /// A text that is never shown.
    Password "password";
    /// A whole number on a slider.
    Range "range";
    /// An address on this server.
    RelativeUrl "relativeUrl";
    /// Rooms: `[{_id, name}]`.
    RoomPick "roomPick";
    /// One of a list of texts.
    Select "select";
    /// A text.
    String "string";
    /// A length of time in milliseconds.
    Timespan "timespan";
    /// A time zone's name.
    Timezone "timezone";
}

impl SettingKind {
    /// Whether the value is a whole number.
    pub fn is_number(self) -> bool {
        matches!(self, Self::Int | Self::Range | Self::Timespan)
    }
}

impl Serialize for SettingKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
