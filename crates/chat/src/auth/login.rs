//! Logging in: credentials become a session.

use super::passwords::Verdict;
use super::{Credentials, Digest, Who, session, tokens};
use crate::{Chat, Origin};
use gantry_model::event::{EndedSessions, Key};
use gantry_model::role::builtin;
use gantry_model::{Error, Millis, Result, Settings, User, UserId, UserKind};
use gantry_store::{Conn, Token, TokenKind, Tx};
use serde_json::json;
use std::sync::Arc;

/// Logins of one user that are kept; the oldest ones end.
const KEPT: i64 = 50;
/// How old the note of the last login may grow while tokens are resumed, in ms.
const NOTED: i64 = 24 * 60 * 60 * 1_000;

/// What was logged in with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A password.
    Password,
    /// A token.
    Resume,
}

impl Way {
    /// `type` of a DDP login result.
    pub fn word(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Resume => "resume",
        }
    }
}

/// A session that was opened, or found again.
pub struct LoggedIn {
    /// Who.
    pub user: Arc<User>,
    /// The token, plain. It is nowhere else to be had.
    pub token: String,
    /// When it ends; a personal one does not.
    pub expires: Option<Millis>,
    /// By what.
    pub way: Way,
    pub(super) stored: Arc<Token>,
}

/// Logs somebody in.
///
/// In order: not too many wrong passwords for this account or from this address (`error-login-blocked-for-ip`,
/// `error-login-blocked-for-user`); the password is right, where unknown names and wrong passwords get the same answer
/// after the same time (403 `User not found`); the token is known (403) and has not ended (403); then, whatever was logged
/// in with, the account is no app's (`error-app-user-is-not-allowed-to-login`), is active
/// (`error-user-is-not-activated`), has roles (`error-user-has-no-roles`), and where the settings ask for it has a
/// verified mail address (`error-invalid-email`; passwords only, administrators excepted). A token answers itself.
///
/// # Errors
/// As above; unavailable when too many passwords wait to be checked.
pub async fn login(chat: &Chat, credentials: Credentials, origin: &Origin) -> Result<LoggedIn> {
    match credentials {
        Credentials::Password { who, password } => by_password(chat, who, password, origin).await,
        Credentials::Resume(token) => by_token(chat, token).await,
    }
}

async fn by_password(chat: &Chat, who: Who, password: Option<Digest>, origin: &Origin) -> Result<LoggedIn> {
    let state = chat.state();
    let attempt = state.throttle().attempt(&chat.settings(), who.as_str(), origin.ip, chat.now())?;
    let found = chat.read(move |db| find(db, &who)).await?;
    let stored = found.as_ref().and_then(|(_, hash)| hash.clone());
    let verdict = state.hashing().check(stored.clone(), password.clone()).await?;
    let user = match found {
        Some((user, _)) if verdict != Verdict::Wrong => user,
        _ => return Err(wrong()),
    };
    state.throttle().succeeded(&attempt);
    may_log_in(&chat.settings(), &user, Way::Password)?;
    let renewed = match password {
        Some(password) if verdict == Verdict::RightButOld => Some(state.hashing().hash(password).await?),
        _ => None,
    };
    open(chat, user.id, stored, renewed).await
}

/// The account a login names, with its password's hash.
fn find(db: &mut Conn, who: &Who) -> Result<Option<(User, Option<String>)>> {
    let user = match who {
        Who::Id(id) => db.accounts().get(id)?,
        Who::Username(name) => db.accounts().by_username(name)?,
        Who::Email(address) => match db.accounts().by_email(address)? {
            Some(user) => Some(user),
            None => db.accounts().by_username(address)?,
        },
    };
    match user {
        Some(user) => {
            let hash = db.accounts().password(&user.id)?;
            Ok(Some((user, hash)))
        }
        None => {
            // What is read of somebody is read for nobody, too: the time does not tell them apart.
            let nobody = UserId::new(crate::users::OWN_ACCOUNT);
            db.accounts().get(&nobody)?;
            db.accounts().password(&nobody)?;
            Ok(None)
        }
    }
}

/// Writes the session of a user whose password was checked against `checked`, unless either changed meanwhile.
async fn open(chat: &Chat, uid: UserId, checked: Option<String>, renewed: Option<String>) -> Result<LoggedIn> {
    let (me, key, epoch) = (chat.clone(), Key::User(uid.clone()), chat.state().epoch());
    let write = move |tx: &mut Tx<'_>| {
        if tx.accounts().password(&uid)? != checked {
            return Err(wrong());
        }
        let mut user = tx.accounts().get(&uid)?.ok_or_else(wrong)?;
        may_log_in(&me.settings(), &user, Way::Password)?;
        if let Some(hash) = &renewed {
            tx.accounts().set_password(&uid, hash)?;
        }
        note(tx, &mut user)?;
        Ok((Arc::new(user), issue(tx, &me, &uid)?))
    };
    let (user, Issued { token, stored }) = chat.write([key], write).await?;
    chat.state().keep_user(epoch, &user);
    let expires = session::ends(&stored, &chat.settings());
    Ok(LoggedIn { user, token, expires, way: Way::Password, stored })
}

async fn by_token(chat: &Chat, token: String) -> Result<LoggedIn> {
    let hash = tokens::hash(&token).ok_or_else(gone)?;
    let (stored, user) = session::known(chat, &hash).await?.ok_or_else(gone)?;
    if session::is_over(&stored, chat) {
        return Err(Error::numbered(403, "Your session has expired. Please log in again."));
    }
    may_log_in(&chat.settings(), &user, Way::Resume)?;
    let user = noted(chat, user).await?;
    let expires = session::ends(&stored, &chat.settings());
    Ok(LoggedIn { user, token, expires, way: Way::Resume, stored })
}

/// Notes the login of somebody who resumes a session, when the last note is old: a crowd that reconnects writes nothing.
async fn noted(chat: &Chat, user: Arc<User>) -> Result<Arc<User>> {
    let now = chat.now();
    if user.last_login.is_some_and(|last| now.0 - last.0 < NOTED) {
        return Ok(user);
    }
    let (uid, epoch) = (user.id.clone(), chat.state().epoch());
    let write = move |tx: &mut Tx<'_>| {
        let mut user = tx.accounts().get(&uid)?.ok_or_else(gone)?;
        note(tx, &mut user)?;
        Ok(Arc::new(user))
    };
    let user = chat.write([Key::User(user.id.clone())], write).await?;
    chat.state().keep_user(epoch, &user);
    Ok(user)
}

fn note(tx: &mut Tx<'_>, user: &mut User) -> Result<()> {
    user.last_login = Some(tx.stamp());
    let at = tx.stamp();
    tx.accounts().logged_in(&user.id, at)
}

/// A token that was just made.
pub(crate) struct Issued {
    /// Plain.
    pub(crate) token: String,
    /// As it is stored.
    pub(crate) stored: Arc<Token>,
}

/// Makes a login of `uid`, whose key is held; the user's oldest logins beyond the number that is kept end. Its time runs by
/// the clock that will judge it, which is not always the stamps'.
pub(crate) fn issue(tx: &mut Tx<'_>, chat: &Chat, uid: &UserId) -> Result<Issued> {
    let now = chat.now();
    for surplus in tx.tokens().logins(uid, KEPT - 1)? {
        tx.tokens().remove(&surplus)?;
        session::ended(tx, uid, EndedSessions::One(surplus));
    }
    let (token, hash) = tokens::fresh();
    let stored = Token {
        hash,
        uid: uid.clone(),
        kind: TokenKind::Login,
        created: now,
        expires: Some(Millis(now.0.saturating_add(chat.settings().hot().accounts.login_expires_after))),
        bypass_two_factor: false,
    };
    tx.tokens().insert(&stored)?;
    Ok(Issued { token, stored: Arc::new(stored) })
}

fn may_log_in(settings: &Settings, user: &User, way: Way) -> Result<()> {
    if user.kind == UserKind::App {
        return Err(refused("error-app-user-is-not-allowed-to-login", "App user is not allowed to login"));
    }
    if !user.active {
        return Err(refused("error-user-is-not-activated", "User is not activated"));
    }
    if user.roles.is_empty() {
        return Err(refused("error-user-has-no-roles", "User has no roles"));
    }
    let verify = way == Way::Password && settings.bool("Accounts_EmailVerification") && !user.has_role(builtin::ADMIN);
    if verify && !user.emails.iter().any(|email| email.verified) {
        return Err(refused("error-invalid-email", "Invalid email __email__"));
    }
    Ok(())
}

fn refused(id: &'static str, text: &'static str) -> Error {
    Error::new(id, text).with_details(json!({ "function": "Accounts.validateLoginAttempt" }))
}

/// Unknown name and wrong password alike.
fn wrong() -> Error {
    Error::numbered(403, "User not found")
}

fn gone() -> Error {
    Error::numbered(403, "You've been logged out by the server. Please log in again.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use gantry_model::{Email, Millis, Profile, RoleId, SettingBase, Status};

    fn user() -> User {
        User {
            id: UserId::new("u"),
            username: Some("ann".into()),
            name: None,
            kind: UserKind::User,
            active: true,
            roles: vec![RoleId::new("user")],
            emails: Vec::new(),
            status_default: Status::Online,
            status_text: String::new(),
            has_password: true,
            created: Millis(0),
            last_login: None,
            updated: Millis(0),
            preferences: serde_json::Map::new(),
            profile: Profile::default(),
        }
    }

    fn refusal(user: &User) -> Option<String> {
        let settings = Settings::new(SettingBase::new(Millis(0)), []);
        may_log_in(&settings, user, Way::Password).err().map(|error| error.code().to_string())
    }

    #[test]
    fn who_may_log_in() {
        assert_eq!(refusal(&user()), None);
        let refused = |change: fn(&mut User)| {
            let mut user = user();
            change(&mut user);
            refusal(&user).unwrap_or_default()
        };
        assert_eq!(refused(|user| user.kind = UserKind::App), "error-app-user-is-not-allowed-to-login");
        assert_eq!(refused(|user| user.active = false), "error-user-is-not-activated");
        assert_eq!(refused(|user| user.roles.clear()), "error-user-has-no-roles");
        assert_eq!(refused(|user| user.emails = vec![Email { address: "a@x.io".into(), verified: false }]), "");
    }
}
