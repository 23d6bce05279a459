//! Who may do what: permissions, the roles that hold them, and the documents that tell clients.

mod list;
mod table;

pub use list::Permission;
pub use table::{PermissionChange, PermissionDoc, Permissions, SettingLevel};

/// What the id of a setting's own permission starts with: `change-setting-Site_Name` lets its holders, together with
/// [`Permission::ManageSelectedSettings`], change that one setting.
pub const CHANGE_SETTING: &str = "change-setting-";
