//! The words of chat: ids, documents, permissions, settings, errors, events.
//!
//! No I/O and few dependencies: everything above speaks in these types.

pub mod capability;
pub mod clock;
mod error;
pub mod event;
mod ids;
mod invite;
mod message;
pub mod notification;
pub mod permission;
pub mod preferences;
pub mod product;
pub mod role;
mod room;
pub mod setting;
mod subscription;
mod time;
mod user;
pub mod wire;

pub use capability::{Capabilities, Capability};
pub use clock::Clock;
pub use error::{Code, Error, Failure, Result};
pub use ids::{EmailAddress, InviteId, MessageId, RoleId, RoomId, SettingId, SubscriptionId, UserId, Username};
pub use invite::Invite;
pub use message::{Author, Message, MessageView, People, Person, Reactions, push_instant, push_json, push_text};
pub use notification::{Notify, RoomWishes};
pub use permission::{Permission, PermissionChange, PermissionDoc, Permissions};
pub use role::{Role, RoleScope, Roles};
pub use room::{Counters, Room, RoomExtra, RoomKind};
pub use setting::{Hot, Overrides, SettingBase, SettingChange, SettingSummary, Settings};
pub use subscription::{Extras, Subscription, SubscriptionSettings, Unread};
pub use time::{Hours, Millis};
pub use user::{Email, Erasure, Profile, Status, User, UserKind};
