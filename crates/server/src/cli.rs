//! The command line: `gantry [FLAGS] [COMMAND]`.
//!
//! Flags of the configuration are made from its table and may stand before or behind the command.

mod flags;

use crate::Problem;
use crate::config::Flags;
use clap::error::{ContextKind, ErrorKind};
use clap::{Args, Parser, Subcommand};
use std::ffi::OsString;
use std::path::PathBuf;

/// A command line that has been understood.
#[derive(Clone, Debug)]
pub struct CommandLine {
    /// What the flags say about the configuration.
    pub flags: Flags,
    /// What to do.
    pub command: Command,
}

/// What a command line that leads to no command comes to.
#[derive(Clone, Debug)]
pub enum Refusal {
    /// Help or the version was asked for: this text goes to standard output, and that is success.
    Told(String),
    /// It cannot be understood.
    Wrong(Problem),
}

#[derive(Parser)]
#[command(name = "gantry", about, version, disable_help_subcommand = true)]
struct Line {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What `gantry` can be asked to do.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Run the server; this is what `gantry` alone does
    Serve,
    /// Bring the database to this version's form and exit
    Migrate,
    /// Print what is in force and where each value came from
    Config(ConfigPage),
    /// Create, list and change accounts
    #[command(subcommand)]
    User(User),
    /// Fill the database with many accounts, rooms and messages, quickly, for load tests
    Seed(Seed),
    /// List the endpoints that this server serves
    Endpoints(Endpoints),
    /// List the realtime methods that this build serves
    Methods(Methods),
    /// Print the OpenAPI document of the REST API
    Openapi,
    /// Print the version
    Version,
}

/// `gantry config`
#[derive(Clone, Debug, Default, Args)]
pub struct ConfigPage {
    /// Print a sample gantry.toml instead
    #[arg(long)]
    pub sample: bool,
}

/// `gantry user …`
#[derive(Clone, Debug, Subcommand)]
pub enum User {
    /// Create an account
    Create(NewUser),
    /// Give an account a new password and end its sessions
    SetPassword {
        /// User name
        username: String,
        /// Its new password
        #[command(flatten)]
        password: Password,
    },
    /// List the accounts
    List,
    /// Replace the roles of an account
    SetRole {
        /// User name
        username: String,
        /// Roles, as in `admin user`
        #[arg(required = true)]
        roles: Vec<String>,
    },
}

/// `gantry user create`
#[derive(Clone, Debug, Args)]
pub struct NewUser {
    /// User name
    pub username: String,
    /// Full name; the user name unless given
    #[arg(long)]
    pub name: Option<String>,
    /// Mail address, taken as verified
    #[arg(long)]
    pub email: Option<String>,
    /// Its password
    #[command(flatten)]
    pub password: Password,
    /// A role to give; may be repeated
    #[arg(long = "role", value_name = "ROLE", default_value = "user")]
    pub roles: Vec<String>,
}

/// Where a password comes from. Without either flag one is made up and printed.
#[derive(Clone, Debug, Default, Args)]
#[group(required = false, multiple = false)]
pub struct Password {
    /// The password; other users of this machine can see it while the command runs
    #[arg(long)]
    pub password: Option<String>,
    /// Read the password from standard input, one line
    #[arg(long)]
    pub password_stdin: bool,
}

/// `gantry seed`
#[derive(Clone, Debug, Args)]
pub struct Seed {
    /// Accounts to make
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub users: u32,
    /// Rooms to make
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub rooms: u32,
    /// Messages to write, spread over the rooms
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub messages: u64,
    /// Use the room of this name instead, made when missing
    #[arg(long, value_name = "NAME")]
    pub room: Option<String>,
    /// Members of each room; all made accounts unless given
    #[arg(long, value_name = "N")]
    pub members: Option<u32>,
    /// The password of every made account
    #[arg(long, value_name = "PASSWORD")]
    pub password: Option<String>,
    /// Names begin with this: bench1, bench2, …
    #[arg(long, default_value = "bench", value_name = "TEXT")]
    pub prefix: String,
}

/// `gantry endpoints`
#[derive(Clone, Debug, Default, Args)]
pub struct Endpoints {
    /// Print what stands in FILE (lines of `METHOD path`) and is not served
    #[arg(long, value_name = "FILE")]
    pub missing: Option<PathBuf>,
}

/// `gantry methods`
#[derive(Clone, Debug, Default, Args)]
pub struct Methods {
    /// Print what stands in FILE (lines that begin with a method's name) and is not served
    #[arg(long, value_name = "FILE")]
    pub missing: Option<PathBuf>,
}

impl CommandLine {
    /// Reads the arguments of a process, its own name first.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, Refusal> {
        let line = Line::try_parse_from(arguments).map_err(|error| refusal(&error))?;
        Ok(Self { flags: line.flags, command: line.command.unwrap_or(Command::Serve) })
    }
}

fn refusal(error: &clap::Error) -> Refusal {
    let text = error.render().to_string();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Refusal::Told(text)
        }
        _ => Refusal::Wrong(Problem::configuration(sentence(error, &text))),
    }
}

/// The first paragraph of clap's answer on one line, and what it thinks was meant.
fn sentence(error: &clap::Error, text: &str) -> String {
    let first = text.split("\n\n").next().unwrap_or_default();
    let what = first.trim_start_matches("error: ").split_whitespace().collect::<Vec<_>>().join(" ");
    let meant = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .find_map(|kind| error.get(kind));
    match meant {
        Some(meant) => {
            let meant = meant.to_string().replace(", ", " or ");
            format!("{what}; did you mean {meant}? See gantry --help.")
        }
        None => format!("{what}. See gantry --help."),
    }
}
