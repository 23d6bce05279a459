//! Configuration: what is in force, and where each value came from.
//!
//! Every option is one row of the table in [`options`]. From that row come its flag, its environment variables, its
//! key in the TOML file, its default, the typed field of [`Config`], the sample `gantry.toml` and the table in
//! `docs/configuration.md`. The first source that has a value wins: flag, environment (Gantry's own name before
//! Rocket.Chat's), file, default.

pub mod documents;
mod file;
mod nearest;
mod options;
mod sources;
mod value;

pub use file::{ConfigFile, SETTINGS_TABLE};
pub use options::{Config, Spec};
pub use sources::{Environment, Flags, OVERWRITE_PREFIX, Sources};
pub use value::{ByteSize, DatabaseUrl, LogFilter, LogFormat, MetricsAccess, RootUrl, Secret, Seed, Value};

use crate::Problem;
use gantry_model::SettingId;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;
use std::path::PathBuf;

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A flag of the command line, without its dashes.
    Flag(&'static str),
    /// An environment variable.
    Environment(String),
    /// The TOML file.
    File(PathBuf),
    /// The table of options.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) => write!(f, "flag --{name}"),
            Self::Environment(name) => write!(f, "environment {name}"),
            Self::File(path) => write!(f, "file {}", path.display()),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A value together with where it came from.
#[derive(Clone, Debug)]
pub struct Chosen<T> {
    /// What is in force.
    pub value: T,
    /// Who said so.
    pub origin: Origin,
}

impl<T> Deref for Chosen<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Settings that the operator fixed, by id; as text, which the settings' own types read. Any of them may be a secret.
pub type FixedSettings = BTreeMap<SettingId, Chosen<Secret>>;

/// The administrator to create when there is none.
#[derive(Clone, Debug)]
pub struct AdminSeed {
    /// User name, `admin` unless given.
    pub username: String,
    /// Its password.
    pub password: Secret,
    /// Its mail address, if any.
    pub email: Option<String>,
    /// Its full name, `Administrator` unless given.
    pub name: String,
}

impl Config {
    /// Merges the sources and checks what only the whole can tell.
    ///
    /// # Errors
    /// The first [`Problem`] met, in the order of the table.
    pub fn load(sources: &Sources) -> Result<Self, Problem> {
        let mut config = Self::merge(sources)?;
        config.check_admin()?;
        config.check_ephemeral()?;
        Ok(config)
    }

    /// The administrator to create when there is none; absent without a password.
    pub fn admin(&self) -> Option<AdminSeed> {
        let password = self.admin_password.value.clone()?;
        Some(AdminSeed {
            username: self.admin_username.value.clone().unwrap_or_else(|| "admin".into()),
            password,
            email: self.admin_email.value.clone(),
            name: self.admin_name.value.clone().unwrap_or_else(|| "Administrator".into()),
        })
    }

    /// The address under which people reach the server; `http://localhost:<port>` unless configured.
    pub fn public_url(&self) -> String {
        match &self.root_url.value {
            Some(url) => url.as_str().to_owned(),
            None => format!("http://localhost:{}", self.port.value),
        }
    }

    /// Half an administrator is nearly always a misspelt variable, so it is refused.
    fn check_admin(&self) -> Result<(), Problem> {
        let half = [
            ("admin.username", &self.admin_username),
            ("admin.email", &self.admin_email),
            ("admin.name", &self.admin_name),
        ];
        match half.into_iter().find(|(_, chosen)| chosen.value.is_some()) {
            Some((key, chosen)) if self.admin_password.value.is_none() => Err(Problem::configuration(format!(
                "{key} is set ({}) but admin.password is not: set ADMIN_PASS too, or neither.",
                chosen.origin
            ))),
            _ => Ok(()),
        }
    }

    /// An ephemeral server must not touch data that stays, whatever the environment of its user says.
    fn check_ephemeral(&mut self) -> Result<(), Problem> {
        if !self.ephemeral.value {
            return match self.seed.value {
                Some(_) => Err(Problem::configuration(format!(
                    "seed is set ({}) but ephemeral is not: demo data goes to a temporary folder only, add --ephemeral.",
                    self.seed.origin
                ))),
                None => Ok(()),
            };
        }
        let explicit = [("--data", &self.data.origin), ("--database", &self.database.origin)];
        if let Some((flag, _)) = explicit.into_iter().find(|(_, origin)| matches!(origin, Origin::Flag(_))) {
            return Err(Problem::configuration(format!(
                "--ephemeral uses a temporary folder of its own: leave out {flag}."
            )));
        }
        self.database = Chosen { value: None, origin: self.ephemeral.origin.clone() };
        Ok(())
    }
}
