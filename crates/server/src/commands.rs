//! The commands that work on the data: beside a running server through its socket, otherwise on the store itself.
//!
//! Both ways end in [`execute`]. Only the server's own process opens the store while it runs.

use crate::cli::{self, Command};
use crate::config::{Config, DatabaseUrl};
use crate::control::{self, Failure};
use crate::data_folder::DataFolder;
use crate::{Problem, assembly};
use gantry_chat::users::{self, Listing, NewUser};
use gantry_chat::{Chat, admin, auth};
use gantry_model::{Error, RoleId};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
use std::io::{self, BufRead};

/// What can be asked of a store; the requests of the control socket.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "camelCase")]
pub enum Request {
    /// `gantry user create`
    CreateUser {
        /// User name.
        username: String,
        /// Full name.
        name: Option<String>,
        /// Mail address.
        email: Option<String>,
        /// Password, plain.
        password: String,
        /// Roles by id.
        roles: Vec<String>,
    },
    /// `gantry user set-password`
    SetPassword {
        /// User name.
        username: String,
        /// Password, plain.
        password: String,
    },
    /// `gantry user list`
    ListUsers,
    /// `gantry user set-role`
    SetRoles {
        /// User name.
        username: String,
        /// Roles by id.
        roles: Vec<String>,
    },
    /// `gantry seed`
    Seed {
        /// Accounts.
        users: u32,
        /// Rooms.
        rooms: u32,
        /// Messages.
        messages: u64,
        /// The one room.
        room: Option<String>,
        /// Members of each room.
        members: Option<u32>,
        /// The accounts' password, plain.
        password: String,
        /// What names begin with.
        prefix: String,
    },
}

/// Does what a request asks for; what to print, or a sentence about why not.
///
/// # Errors
/// One sentence for the operator.
pub async fn execute(chat: Chat, request: Request) -> Result<String, String> {
    attempt(&chat, request).await.map_err(|error| match error.cause() {
        Some(cause) => format!("{error}: {cause}"),
        None => error.reason().to_owned(),
    })
}

async fn attempt(chat: &Chat, request: Request) -> Result<String, Error> {
    match request {
        Request::CreateUser { username, name, email, password, roles } => {
            let new = NewUser {
                name: name.unwrap_or_else(|| username.clone()),
                username,
                verified: email.is_some(),
                email,
                password: Some(password),
                roles: roles.iter().map(RoleId::new).collect(),
                join_default_rooms: true,
                ..NewUser::default()
            };
            let made = users::create_as_server(chat, new).await?;
            Ok(format!("created {} ({})\n", shown(made.username.as_ref()), made.id))
        }
        Request::SetPassword { username, password } => {
            let user = account(chat, &username).await?;
            users::set_password(chat, &user.id, &password).await?;
            Ok(format!("{username} has a new password and no open sessions\n"))
        }
        Request::ListUsers => list(chat).await,
        Request::SetRoles { username, roles } => {
            let user = account(chat, &username).await?;
            users::set_roles(chat, &user.id, roles.iter().map(RoleId::new).collect()).await?;
            Ok(format!("{username} has the roles {}\n", roles.join(", ")))
        }
        Request::Seed { users, rooms, messages, room, members, password, prefix } => {
            let password = auth::hash_password(chat, &password).await?;
            let members = members.unwrap_or(users);
            let made =
                admin::seed(chat, admin::Seed { users, rooms, messages, room, members, prefix, password }).await?;
            let admin::Seeded { users, rooms, members, messages } = made;
            Ok(format!("made {users} accounts, {rooms} rooms, {members} memberships, {messages} messages\n"))
        }
    }
}

fn shown(username: Option<&gantry_model::Username>) -> &str {
    username.map_or("-", gantry_model::Username::as_str)
}

async fn account(chat: &Chat, username: &str) -> Result<gantry_model::User, Error> {
    let found = users::by_username(chat, username).await?;
    found.ok_or_else(|| Error::text(format!("there is no account {username}")))
}

async fn list(chat: &Chat) -> Result<String, Error> {
    let mut text = String::new();
    for user in users::list_as_server(chat, Listing::default()).await? {
        let roles: Vec<&str> = user.roles.iter().map(RoleId::as_str).collect();
        let email = user.emails.first().map_or("-", |email| email.address.as_str());
        let state = if user.active { "active" } else { "deactivated" };
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{}\t{}\t{email}\t{}\t{state}", shown(user.username.as_ref()), user.id, roles.join(","));
    }
    Ok(text)
}

/// Runs a request for the command line; what to print.
///
/// # Errors
/// What [`execute`] says, or that neither a server nor the store can be reached.
pub async fn run(config: &Config, request: Request) -> Result<String, Problem> {
    match control::call(&config.data, &request).await {
        Ok(Some(text)) => return Ok(text),
        Ok(None) => {}
        Err(Failure::Refused(sentence)) => return Err(Problem::running(sentence)),
        Err(failure) => return Err(Problem::running(failure.to_string())),
    }
    // Nobody serves the folder: the lock is ours, and with it the store.
    let folder = DataFolder::take(&config.data)?;
    let chat = assembly::chat(config, &folder).await?;
    let outcome = execute(chat.clone(), request).await.map_err(Problem::running);
    // The store joins its threads; a panic there has been logged.
    let _ = tokio::task::spawn_blocking(move || chat.store().close()).await;
    outcome
}

/// The request of a command; with a password that was made up, when one was.
///
/// # Errors
/// The password cannot be read from standard input.
pub fn request(command: &Command) -> Result<Option<(Request, Option<String>)>, Problem> {
    Ok(Some(match command {
        Command::User(cli::User::Create(new)) => {
            let (password, made_up) = password(&new.password)?;
            let request = Request::CreateUser {
                username: new.username.clone(),
                name: new.name.clone(),
                email: new.email.clone(),
                password,
                roles: new.roles.clone(),
            };
            (request, made_up)
        }
        Command::User(cli::User::SetPassword { username, password: given }) => {
            let (password, made_up) = password(given)?;
            (Request::SetPassword { username: username.clone(), password }, made_up)
        }
        Command::User(cli::User::List) => (Request::ListUsers, None),
        Command::User(cli::User::SetRole { username, roles }) => {
            (Request::SetRoles { username: username.clone(), roles: roles.clone() }, None)
        }
        Command::Seed(seed) => {
            let password = seed.password.clone().unwrap_or_else(gantry_store::random_id);
            // Without accounts nobody has it.
            let made_up = (seed.password.is_none() && seed.users > 0).then(|| password.clone());
            let request = Request::Seed {
                users: seed.users,
                rooms: seed.rooms,
                messages: seed.messages,
                room: seed.room.clone(),
                members: seed.members,
                password,
                prefix: seed.prefix.clone(),
            };
            (request, made_up)
        }
        _ => return Ok(None),
    }))
}

/// The password that was given, or one that is made up and told.
fn password(given: &cli::Password) -> Result<(String, Option<String>), Problem> {
    if let Some(password) = &given.password {
        return Ok((password.clone(), None));
    }
    if given.password_stdin {
        let mut line = String::new();
        let read = io::stdin().lock().read_line(&mut line);
        read.map_err(|error| Problem::running(format!("cannot read the password from standard input: {error}.")))?;
        return Ok((line.trim_end_matches(['\r', '\n']).to_owned(), None));
    }
    // Any policy of letters, digits and signs is met.
    let made_up = format!("{}-{}-Aa1", gantry_store::random_id(), gantry_store::random_id());
    Ok((made_up.clone(), Some(made_up)))
}

/// Brings the database up to date; what to print.
///
/// # Errors
/// The folder is taken by a server, or the database cannot be opened.
pub fn migrate(config: &Config) -> Result<String, Problem> {
    let folder = DataFolder::take(&config.data)?;
    let database = assembly::database(config.database.value.as_ref().map(DatabaseUrl::reveal), folder.path());
    let made =
        gantry_store::migrate(&database, &gantry_model::Clock::system()).map_err(|error| assembly::problem(&error))?;
    Ok(match made {
        0 => "the database is up to date\n".into(),
        1 => "1 change of the schema was made\n".into(),
        made => format!("{made} changes of the schema were made\n"),
    })
}

/// `gantry endpoints`; what to print.
///
/// # Errors
/// The file cannot be read.
pub fn endpoints(page: &cli::Endpoints) -> Result<String, Problem> {
    let api = gantry_rest::api();
    let served: Vec<String> = api
        .rows()
        .iter()
        .map(|row| format!("{} {}", row.verb.text(), gantry_rest::openapi::braced_path(row)))
        .collect();
    let told = "names no endpoint: each line begins with a verb and a path, as in GET /api/v1/me";
    served_or_missing(&served, page.missing.as_deref(), call, told)
}

/// What a line of a list names, as [`endpoints`] spells it: a verb and a path, or the name under `/api/v1`. Headings and
/// what stands behind are passed over.
fn call(line: &str) -> Option<String> {
    let mut words = line.split_whitespace();
    let (verb, path) = (words.next()?.to_ascii_uppercase(), words.next()?);
    if !["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"].contains(&verb.as_str()) {
        return None;
    }
    let whole = if path.starts_with('/') { path.to_owned() } else { format!("/api/v1/{path}") };
    let braced = |part: &str| part.strip_prefix(':').map_or_else(|| part.to_owned(), |name| format!("{{{name}}}"));
    Some(format!("{verb} {}", whole.split('/').map(braced).collect::<Vec<_>>().join("/")))
}

/// `gantry methods`; what to print.
///
/// # Errors
/// The file cannot be read, or names no method.
pub fn methods(page: &cli::Methods) -> Result<String, Problem> {
    let served: Vec<String> = gantry_realtime::methods().into_iter().map(str::to_owned).collect();
    let told = "names no method: each line begins with a name, as in rooms/get";
    served_or_missing(&served, page.missing.as_deref(), method, told)
}

/// What a line of a list names: a name alone, or first in a table's row.
fn method(line: &str) -> Option<String> {
    let named = |c: char| c.is_ascii_alphanumeric() || "-_.:/".contains(c);
    let name = line.trim_start_matches(['|', ' ', '`']).split(|c| !named(c)).next()?;
    Some(name.to_owned()).filter(|name| !name.is_empty())
}

/// What is served; or what stands in the file, a line each, and is not.
fn served_or_missing(
    served: &[String],
    file: Option<&std::path::Path>,
    wanted: impl Fn(&str) -> Option<String>,
    none: &str,
) -> Result<String, Problem> {
    let Some(file) = file else { return Ok(served.join("\n") + "\n") };
    let text = std::fs::read_to_string(file)
        .map_err(|error| Problem::running(format!("cannot read {}: {error}.", file.display())))?;
    let wanted: Vec<String> = text.lines().filter_map(wanted).collect();
    if wanted.is_empty() {
        return Err(Problem::running(format!("{} {none}.", file.display())));
    }
    let missing = wanted.into_iter().filter(|one| !served.contains(one));
    Ok(missing.fold(String::new(), |text, one| text + &one + "\n"))
}
