//! Where values come from, and which of them wins.

use super::file::ConfigFile;
use super::nearest::nearest;
use super::options::{Config, Spec};
use super::value::{Secret, Value};
use super::{Chosen, FixedSettings, Origin};
use crate::Problem;
use gantry_model::SettingId;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// `OVERWRITE_SETTING_<id>` fixes the setting `<id>`.
pub const OVERWRITE_PREFIX: &str = "OVERWRITE_SETTING_";

/// Names the TOML file, as `--config` does.
const FILE_VARIABLE: &str = "GANTRY_CONFIG";

/// The file that is read when it is there and none is named.
const USUAL_FILE: &str = "gantry.toml";

/// Flags of the command line, by the option's key.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// `--config FILE`.
    pub file: Option<PathBuf>,
    /// The option's key and the flag's text.
    pub values: BTreeMap<&'static str, String>,
}

/// Environment variables; those that are empty count as absent.
#[derive(Clone, Debug, Default)]
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    /// The variables of this process. What is not UTF-8 cannot be a value of ours and is left out.
    pub fn of_process() -> Self {
        Self::new(std::env::vars_os().filter_map(|(name, value)| Some((text(name)?, text(value)?))))
    }

    /// Variables given as pairs.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect())
    }

    fn get(&self, name: &str) -> Option<&String> {
        self.0.get(name)
    }
}

fn text(word: OsString) -> Option<String> {
    word.into_string().ok()
}

/// Everything that can say something about the configuration.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The command line.
    pub flags: Flags,
    /// The environment.
    pub environment: Environment,
    /// The TOML file, when there is one.
    pub file: Option<ConfigFile>,
}

impl Sources {
    /// Flags and environment as given, and the file that one of them names; else `gantry.toml` if the working folder
    /// has one.
    ///
    /// # Errors
    /// A named file that cannot be read, or a file with a mistake in it.
    pub fn gather(flags: Flags, environment: Environment) -> Result<Self, Problem> {
        let named = flags.file.clone().or_else(|| environment.get(FILE_VARIABLE).map(PathBuf::from));
        let usual = || Path::new(USUAL_FILE).exists().then(|| PathBuf::from(USUAL_FILE));
        let file = named.or_else(usual).map(|path| read(&path)).transpose()?;
        Ok(Self { flags, environment, file })
    }

    /// The value of the first source that has one.
    pub(super) fn choose<T: Value>(&self, option: &Spec) -> Result<Chosen<T>, Problem> {
        let (text, origin) = self.find(option);
        match T::read(text) {
            Some(value) => Ok(Chosen { value, origin }),
            None => {
                let told = if T::SECRET { "not usable".into() } else { format!("{text:?}") };
                let kind = option.kind.replace('`', "");
                Err(Problem::configuration(format!("{} is {told} ({origin}): expected {kind}.", option.key)))
            }
        }
    }

    fn find(&self, option: &Spec) -> (&str, Origin) {
        self.flag(option)
            .or_else(|| self.variable(option))
            .or_else(|| self.line(option))
            .unwrap_or((option.default, Origin::Default))
    }

    fn flag(&self, option: &Spec) -> Option<(&str, Origin)> {
        Some((self.flags.values.get(option.key)?, Origin::Flag(option.flag?)))
    }

    fn variable(&self, option: &Spec) -> Option<(&str, Origin)> {
        let set =
            |name: &&'static str| Some((self.environment.get(name)?.as_str(), Origin::Environment((*name).into())));
        option.env.iter().find_map(set)
    }

    fn line(&self, option: &Spec) -> Option<(&str, Origin)> {
        let file = self.file.as_ref()?;
        Some((file.values.get(option.key)?, Origin::File(file.path.clone())))
    }

    /// The fixed settings; the environment wins over the file.
    pub(super) fn settings(&self) -> FixedSettings {
        let file = self.file.iter().flat_map(|file| {
            let origin = Origin::File(file.path.clone());
            file.settings.iter().map(move |(id, value)| (id.as_str(), value, origin.clone()))
        });
        let environment = self.environment.0.iter().filter_map(|(name, value)| {
            Some((name.strip_prefix(OVERWRITE_PREFIX)?, value, Origin::Environment(name.clone())))
        });
        file.chain(environment)
            .map(|(id, value, origin)| (SettingId::new(id), Chosen { value: Secret::new(value.as_str()), origin }))
            .collect()
    }

    /// Sentences about variables that look like ours and are none; for the log, since other programs may own them.
    pub fn suspicious(&self) -> Vec<String> {
        let known = || Config::OPTIONS.iter().flat_map(|spec| spec.env).copied().chain([FILE_VARIABLE]);
        let foreign = |name: &&String| name.starts_with("GANTRY_") && !known().any(|own| own == *name);
        let tell = |name: &String| match nearest(name, known()) {
            Some(meant) => format!("environment {name} is not known and not used; did you mean {meant}?"),
            None => format!("environment {name} is not known and not used"),
        };
        self.environment.0.keys().filter(foreign).filter(|name| !of_others(name)).map(tell).collect()
    }
}

/// Kubernetes gives every container the addresses of a service that is named `gantry` in the first three; our own tests
/// are steered by the others.
fn of_others(name: &str) -> bool {
    let prefixes = ["GANTRY_PORT_", "GANTRY_SERVICE_", "GANTRY_TEST_", "GANTRY_REQUIRE_"];
    name == "GANTRY_PORT" || prefixes.iter().any(|prefix| name.starts_with(prefix))
}

fn read(path: &Path) -> Result<ConfigFile, Problem> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        Problem::configuration(format!("cannot read the configuration file {}: {error}", path.display()))
    })?;
    ConfigFile::parse(path, &text)
}
