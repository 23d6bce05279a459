//! Settings: their definitions, the values in force, the rules for new values, and the documents that tell clients.
//!
//! A value in force comes from, later winning: the definition (`data/settings.tsv`), what is stored, the operator's
//! configuration (`OVERWRITE_SETTING_<id>`), the capability table. What is withheld (`secret`) is readable inside only:
//! documents, refusals and `Debug` show [`WITHHELD`] instead.

mod accept;
mod definition;
mod document;
mod hot;
mod kind;
mod overrides;
mod table;

pub use accept::Accepted;
pub use definition::{SettingDef, definition, definitions};
pub use document::{PrivateSetting, SettingRow, SettingSummary};
pub use hot::{AccountSettings, ApiSettings, Hot, LoginBlocking, MessageSettings, UnreadCount};
pub use kind::SettingKind;
pub use overrides::Overrides;
pub use table::{Editor, SettingBase, SettingChange, Settings};

/// What stands in answers for a secret that is set. Writing it back changes nothing.
pub const WITHHELD: &str = "********";
