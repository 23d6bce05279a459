//! The flags of the configuration, made from its table.

use crate::config::{Config, Flags, Spec};
use clap::builder::PathBufValueParser;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use std::path::PathBuf;

const FILE: &str = "config";
const HEADING: &str = "Configuration";

impl Args for Flags {
    fn augment_args(command: Command) -> Command {
        command.arg(file()).args(Config::OPTIONS.iter().filter_map(flag))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Flags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut flags = Self::default();
        flags.update_from_arg_matches(matches)?;
        Ok(flags)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.file = matches.get_one::<PathBuf>(FILE).cloned();
        for spec in Config::OPTIONS.iter().filter(|spec| spec.flag.is_some()) {
            if let Some(text) = matches.get_one::<String>(spec.key) {
                self.values.insert(spec.key, text.clone());
            }
        }
        Ok(())
    }
}

fn file() -> Arg {
    Arg::new(FILE)
        .long(FILE)
        .value_name("FILE")
        .value_parser(PathBufValueParser::new())
        .global(true)
        .help_heading(HEADING)
        .help("Configuration file; ./gantry.toml if it is there [env: GANTRY_CONFIG]")
}

/// The values are read by the configuration, not here, so that each mistake is told the same way from every source.
fn flag(spec: &Spec) -> Option<Arg> {
    let name = spec.flag?;
    let arg = Arg::new(spec.key).long(name).action(ArgAction::Set).global(true).help_heading(HEADING).help(help(spec));
    Some(match spec.switch {
        true => arg.num_args(0..=1).require_equals(true).default_missing_value("true").value_name("BOOL"),
        false => arg.value_name("VALUE"),
    })
}

fn help(spec: &Spec) -> String {
    let env = spec.env.join(", ");
    let default = if spec.default.is_empty() { String::new() } else { format!(" [default: {}]", spec.default) };
    format!("{}{default} [env: {env}]", spec.about.trim())
}
