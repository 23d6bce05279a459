//! One run of the program, from its arguments to its exit code.

use crate::cli::{Command, CommandLine, Refusal};
use crate::config::{Config, Environment, Sources, documents};
use crate::memory;
use crate::serve::serve;
use crate::{Problem, assembly, commands};
use gantry_model::product::PRODUCT_VERSION;
use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

/// Does what `arguments` ask for. Exit codes: 0 done, 1 it failed, 2 the command line or the configuration is wrong;
/// what went wrong is one sentence on standard error.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    match attempt(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            let _ = writeln!(io::stderr(), "gantry: {problem}");
            ExitCode::from(problem.code())
        }
    }
}

fn attempt(arguments: impl IntoIterator<Item = OsString>) -> Result<(), Problem> {
    match CommandLine::parse(arguments) {
        Ok(line) => execute(line),
        Err(Refusal::Told(text)) => print(&text),
        Err(Refusal::Wrong(problem)) => Err(problem),
    }
}

fn execute(line: CommandLine) -> Result<(), Problem> {
    match &line.command {
        Command::Version => return print(&format!("gantry {PRODUCT_VERSION}\n")),
        Command::Config(page) if page.sample => return print(&documents::sample()),
        _ => {}
    }
    let sources = Sources::gather(line.flags, Environment::of_process())?;
    let config = Config::load(&sources)?;
    match line.command {
        Command::Config(_) => {
            assembly::overrides(&config)?;
            print(&documents::in_force(&config))
        }
        Command::Serve => runtime()?.block_on(serve(&config, &sources)),
        Command::Migrate => print(&commands::migrate(&config)?),
        Command::Endpoints(page) => print(&commands::endpoints(&page)?),
        Command::Methods(page) => print(&commands::methods(&page)?),
        Command::Openapi => print(&gantry_rest::openapi::printed()),
        Command::Version => Ok(()),
        command @ (Command::User(_) | Command::Seed(_)) => ask(&config, &command),
    }
}

/// A command on the data, beside a running server or without one.
fn ask(config: &Config, command: &Command) -> Result<(), Problem> {
    let Some((request, made_up)) = commands::request(command)? else { return Ok(()) };
    print(&runtime()?.block_on(commands::run(config, request))?)?;
    match made_up {
        Some(password) => print(&format!("password: {password}\n")),
        None => Ok(()),
    }
}

fn runtime() -> Result<tokio::runtime::Runtime, Problem> {
    memory::bound();
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Problem::running(format!("cannot start threads: {error}.")))
}

/// Whoever closes our output early (`gantry config | head`) has seen enough.
fn print(text: &str) -> Result<(), Problem> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Problem::running(format!("cannot write to standard output: {error}.")))
        }
        _ => Ok(()),
    }
}
