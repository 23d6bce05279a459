//! From the configuration to a running server: the store, the first administrator, the demonstration.

use crate::Problem;
use crate::config::{Config, DatabaseUrl};
use crate::data_folder::DataFolder;
use gantry_chat::users::{self, FirstAdministrator, NewUser};
use gantry_chat::{Chat, Options, auth};
use gantry_model::{Capabilities, Clock, Error, Overrides, RoleId};
use gantry_store::{Database, Synchronous};
use std::path::Path;

/// The SQLite file in the data folder.
const FILE: &str = "gantry.db";

/// What everybody on a demonstration server has for a password.
const DEMO_PASSWORD: &str = "gantry-Demo-2026";

/// Where the data is: PostgreSQL when an address is given, else a file in the folder.
pub fn database(url: Option<&str>, folder: &Path) -> Database {
    match url {
        Some(url) => Database::Postgres { url: url.to_owned() },
        None => Database::Sqlite { path: folder.join(FILE), synchronous: Synchronous::Full },
    }
}

/// The settings that the operator fixed, and those that a demonstration needs.
///
/// # Errors
/// A setting is fixed to a value it cannot have: exit code 2.
pub fn overrides(config: &Config) -> Result<Overrides, Problem> {
    for (id, chosen) in &config.settings {
        Overrides::read([(id, chosen.value.reveal().to_owned())])
            .map_err(|error| Problem::configuration(format!("{} ({}).", error.reason(), chosen.origin)))?;
    }
    let fixed = config.settings.iter().map(|(id, chosen)| (id.as_str(), chosen.value.reveal().to_owned()));
    // Tests of clients make accounts with whatever password they like.
    let demo = config.ephemeral.value && config.seed.value.is_some();
    let relaxed = demo.then(|| ("Accounts_Password_Policy_Enabled", "false".to_owned()));
    Overrides::read(relaxed.into_iter().chain(fixed)).map_err(|error| Problem::configuration(error.reason().to_owned()))
}

/// Sentences about settings that were fixed in vain, for the log.
pub fn fixed_in_vain(chat: &Chat, overrides: &Overrides) -> Vec<String> {
    let unknown = overrides.unknown().iter().map(|id| format!("{id} is fixed but is no setting here, and not used"));
    let settings = chat.settings();
    let off =
        settings.denied_overrides().map(|id| format!("{id} is fixed but needs what is not built yet: it stays off"));
    unknown.chain(off).collect()
}

/// What chat is opened with.
pub fn options(config: &Config, folder: &DataFolder, overrides: Overrides) -> Options {
    let url = config.database.value.as_ref().filter(|_| !config.ephemeral.value);
    Options {
        database: database(url.map(DatabaseUrl::reveal), folder.path()),
        clock: Clock::system(),
        overrides,
        root_url: Some(config.public_url()),
        token_secret: config.token_secret.value.as_ref().map(|secret| secret.reveal().to_owned()),
        capabilities: Capabilities::built(),
        test_mode: config.test_mode.value,
    }
}

/// Opens the store for a command, without a server around it.
///
/// # Errors
/// As [`overrides`], or the database cannot be opened.
pub async fn chat(config: &Config, folder: &DataFolder) -> Result<Chat, Problem> {
    let options = options(config, folder, overrides(config)?);
    let opened = tokio::task::spawn_blocking(move || Chat::open(options)).await;
    let chat = opened.map_err(|error| Problem::running(error.to_string()))?.map_err(|error| problem(&error))?;
    users::ensure_first(&chat).await.map_err(|error| problem(&error))?;
    Ok(chat)
}

/// A failure of the store as a sentence for the operator.
pub fn problem(error: &Error) -> Problem {
    Problem::running(error.cause().unwrap_or(error.reason()).to_owned())
}

/// How the first administrator comes to be; lines to print at the start.
///
/// # Errors
/// The configured administrator cannot be made.
pub async fn first_administrator(chat: &Chat, config: &Config) -> Result<Option<String>, Problem> {
    if let Some(admin) = config.admin() {
        let first = FirstAdministrator {
            username: Some(admin.username),
            name: Some(admin.name),
            email: admin.email,
            password: admin.password.reveal().to_owned(),
        };
        users::ensure_admin(chat, first).await.map_err(|error| problem(&error))?;
        return Ok(None);
    }
    let token = auth::setup_token(chat).await.map_err(|error| problem(&error))?;
    let ways = match auth::is_at_home(chat) {
        true => "The first account registered from this machine becomes one, or from anywhere the one",
        false => "The account becomes one that is",
    };
    Ok(token.map(|token| format!("There is no administrator yet. {ways} registered with the set-up token: {token}")))
}

/// Fills an ephemeral server for tests of clients; what to print.
///
/// # Errors
/// The store fails.
pub async fn demonstration(chat: &Chat) -> Result<String, Problem> {
    let people = [("admin", "admin"), ("ann", "user"), ("bob", "user"), ("cat", "user")];
    for (username, role) in people {
        let new = NewUser {
            username: username.into(),
            name: username.into(),
            email: Some(format!("{username}@example.org")),
            verified: true,
            password: Some(DEMO_PASSWORD.into()),
            roles: vec![RoleId::new(role)],
            join_default_rooms: true,
            ..NewUser::default()
        };
        users::create_as_server(chat, new).await.map_err(|error| problem(&error))?;
    }
    let names: Vec<&str> = people.iter().map(|(username, _)| *username).collect();
    Ok(format!("Accounts: {}; password of all: {DEMO_PASSWORD}", names.join(", ")))
}
