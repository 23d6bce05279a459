//! The words of chat: ids, documents, permissions, settings, errors, events.
//!
//! No I/O and few dependencies: everything above speaks in these types.

mod error;
mod ids;
mod time;
pub mod wire;

pub use error::{Code, Error, Failure, Result};
pub use ids::{EmailAddress, MessageId, RoleId, RoomId, SettingId, SubscriptionId, UserId, Username};
pub use time::Millis;
