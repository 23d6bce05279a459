//! What is written from the table of options: the sample file, the table for the manual, the answer of
//! `gantry config`.

use super::options::{Config, Spec};
use super::value::STARS;
use super::{FixedSettings, SETTINGS_TABLE};
use std::fmt::Write;

/// The sample `gantry.toml`: every option, commented out, with its default.
pub fn sample() -> String {
    let mut text = String::from(
        "# Sample configuration of Gantry. Everything is optional; what stands here are the defaults.\n\
         # Flags and environment variables win over this file. `gantry config` prints what is in force and why.\n",
    );
    let (top, tables): (Vec<_>, Vec<_>) = Config::OPTIONS.iter().partition(|spec| table_of(spec).is_none());
    for spec in top {
        line(&mut text, spec);
    }
    let mut current = None;
    for spec in tables {
        if current != table_of(spec) {
            current = table_of(spec);
            let _ = write!(text, "\n[{}]\n", current.unwrap_or_default());
        }
        line(&mut text, spec);
    }
    let _ = write!(
        text,
        "\n# Settings of the workspace that administrators cannot change, by id.\n[{SETTINGS_TABLE}]\n# Site_Name = \"Our chat\"\n"
    );
    text
}

fn table_of(spec: &Spec) -> Option<&'static str> {
    spec.key.split_once('.').map(|(table, _)| table)
}

fn line(text: &mut String, spec: &Spec) {
    let name = spec.key.rsplit('.').next().unwrap_or(spec.key);
    let _ = write!(text, "\n#{}\n# {name} = {}\n", spec.about, literal(spec.default));
}

/// The default as TOML writes it: numbers and booleans bare, all else quoted.
fn literal(default: &str) -> String {
    let bare = default.parse::<u64>().is_ok() || default.parse::<bool>().is_ok();
    if bare { default.to_owned() } else { format!("\"{default}\"") }
}

/// The table of `docs/configuration.md`.
pub fn markdown() -> String {
    let mut text = String::from(
        "| Key in `gantry.toml` | Flag | Environment | Value | Default | Meaning |\n|---|---|---|---|---|---|\n",
    );
    for spec in Config::OPTIONS {
        let flag = spec.flag.map_or_else(|| "–".into(), |flag| format!("`--{flag}`"));
        let env = spec.env.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let default = if spec.default.is_empty() { "–".into() } else { format!("`{}`", spec.default) };
        let about = spec.about.trim();
        let _ = writeln!(text, "| `{}` | {flag} | {env} | {} | {default} | {about} |", spec.key, spec.kind);
    }
    text
}

/// What `gantry config` prints: `key = value`, and behind it the source.
pub fn in_force(config: &Config) -> String {
    let rows = config.report();
    let keys = rows.iter().map(|row| row.0.len()).max().unwrap_or_default();
    let values = rows.iter().map(|row| row.1.chars().count()).max().unwrap_or_default();
    let mut text = String::new();
    for (key, value, origin) in rows {
        let _ = writeln!(text, "{key:keys$} = {value:values$}  # {origin}");
    }
    text
}

/// The fixed settings as rows of the report. Which settings are secret is not known here, so only what cannot be one
/// is shown.
pub(super) fn fixed_settings(settings: &FixedSettings) -> impl Iterator<Item = (String, String, String)> {
    settings.iter().map(|(id, chosen)| {
        let text = chosen.value.reveal();
        let value = if matches!(text, "true" | "false" | "") { text } else { STARS };
        (format!("{SETTINGS_TABLE}.{id}"), value.to_owned(), chosen.origin.to_string())
    })
}
