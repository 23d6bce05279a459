//! The TOML file: read as a flat list of keys, each with its value as text.

use super::Config;
use super::nearest::hint;
use crate::Problem;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// The table whose keys are the server's settings.
pub const SETTINGS_TABLE: &str = "settings";

/// A configuration file that has been read: every key in it is known.
#[derive(Clone, Debug, Default)]
pub struct ConfigFile {
    /// Where it was found.
    pub path: PathBuf,
    /// `table.key` and its value as text.
    pub values: BTreeMap<String, String>,
    /// The keys of the table `[settings]`.
    pub settings: BTreeMap<String, String>,
}

impl ConfigFile {
    /// Reads `text`, which stands in the file `path`.
    ///
    /// # Errors
    /// Text that is not TOML, an unknown key, a list or a date where a single value belongs.
    pub fn parse(path: &Path, text: &str) -> Result<Self, Problem> {
        let mut file = Self { path: path.to_owned(), ..Self::default() };
        let table: Table = text.parse().map_err(|error| file.not_toml(text, &error))?;
        file.table("", &table)?;
        Ok(file)
    }

    fn table(&mut self, prefix: &str, table: &Table) -> Result<(), Problem> {
        for (name, value) in table {
            let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
            match value {
                Value::Table(inner) => self.table(&key, inner)?,
                value => self.insert(key, value)?,
            }
        }
        Ok(())
    }

    fn insert(&mut self, key: String, value: &Value) -> Result<(), Problem> {
        let text = self.scalar(&key, value)?;
        if let Some(setting) = key.strip_prefix(SETTINGS_TABLE).and_then(|rest| rest.strip_prefix('.')) {
            self.settings.insert(setting.to_owned(), text);
            return Ok(());
        }
        let known = || Config::OPTIONS.iter().map(|spec| spec.key);
        if !known().any(|option| option == key) {
            let hint = hint(&key, known());
            return Err(Problem::configuration(format!("{}: unknown key {key}{hint}", self.path.display())));
        }
        self.values.insert(key, text);
        Ok(())
    }

    fn scalar(&self, key: &str, value: &Value) -> Result<String, Problem> {
        match value {
            Value::String(text) => Ok(text.clone()),
            Value::Integer(number) => Ok(number.to_string()),
            Value::Float(number) => Ok(number.to_string()),
            Value::Boolean(flag) => Ok(flag.to_string()),
            Value::Datetime(_) | Value::Array(_) | Value::Table(_) => {
                let kind = value.type_str();
                Err(Problem::configuration(format!(
                    "{}: {key} is of type {kind}, a single value is expected",
                    self.path.display()
                )))
            }
        }
    }

    fn not_toml(&self, text: &str, error: &toml::de::Error) -> Problem {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let what = error.message().lines().collect::<Vec<_>>().join(", ");
        Problem::configuration(format!("{} line {line}: {what}", self.path.display()))
    }
}
