//! The server itself: its first start, settings, permissions, roles.

mod holders;
mod permissions;
mod roles;
mod seed;
mod settings;

pub use holders::set_holder;
pub use permissions::{Grant, listed_for, update_permissions};
pub use roles::{RoleForm, create_role, delete_role, role_changes, update_role};
pub use seed::{Seed, Seeded, seed};
pub use settings::{change_setting, change_settings, may_read_setting, may_read_settings, may_see_details};

use gantry_model::{Capabilities, Error, Millis, Overrides, Result, SettingBase, Settings};
use gantry_store::Conn;

const INSTALLED: &str = "installed-at";
const UNIQUE_ID: &str = "unique-id";
const SECRET_URL: &str = "registration-secret";

/// Makes what a new store needs. Runs at every start, before any write.
pub(crate) fn install(db: &mut Conn, now: Millis) -> Result<()> {
    for (fact, value) in [
        (INSTALLED, now.0.to_string()),
        (UNIQUE_ID, gantry_store::random_id()),
        (SECRET_URL, gantry_store::random_secret()),
    ] {
        if db.facts().get(fact)?.is_none() {
            db.facts().set(fact, &value)?;
        }
    }
    Ok(())
}

/// When this store was made; `_updatedAt` of whatever was never changed.
pub(crate) fn installed_at(db: &mut Conn) -> Result<Millis> {
    let text = db.facts().get(INSTALLED)?.unwrap_or_default();
    text.parse().map(Millis).map_err(|_| Error::internal("the store does not say when it was made"))
}

/// The settings in force.
pub(crate) fn settings_in_force(
    db: &mut Conn,
    installed: Millis,
    overrides: Overrides,
    root_url: Option<String>,
    capabilities: Capabilities,
) -> Result<Settings> {
    let base = SettingBase {
        unique_id: db.facts().get(UNIQUE_ID)?.unwrap_or_default(),
        registration_secret: db.facts().get(SECRET_URL)?.unwrap_or_default(),
        site_url: root_url.unwrap_or_default(),
        administered: crate::auth::is_administered(db)?,
        overrides,
        capabilities,
        ..SettingBase::new(installed)
    };
    Ok(Settings::new(base, db.grants().settings()?))
}
