//! What somebody logs in with, in all the forms that clients send.

use super::Digest;
use gantry_model::{Error, Result, UserId};
use serde_json::{Map, Value};

/// Whom a login names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// `_id`.
    Id(UserId),
    /// A user name, in any case.
    Username(String),
    /// A mail address, in any case; some clients put user names here.
    Email(String),
}

impl Who {
    /// As people type it: what has an `@` is a mail address.
    pub fn typed(text: &str) -> Self {
        if text.contains('@') { Self::Email(text.to_owned()) } else { Self::Username(text.to_owned()) }
    }

    /// The text that names the account.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Id(id) => id.as_str(),
            Self::Username(text) | Self::Email(text) => text,
        }
    }
}

/// What somebody logs in with.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// A name and a password.
    Password {
        /// Whose.
        who: Who,
        /// The password, if it is one that anybody can have.
        password: Option<Digest>,
    },
    /// A token: of a login, or one that its user made for a program.
    Resume(String),
}

impl Credentials {
    /// Reads the login object of REST or DDP.
    ///
    /// `{resume}`; `{password}` (plain, or `{digest, algorithm}`) with `user` (a text, or `{id}`, `{username}`, `{email}`),
    /// `username` or `email`; either of them inside `{totp: {login, code}}`. There is no second factor yet: a code says
    /// nothing.
    ///
    /// # Errors
    /// 400 `Unrecognized options for login request` for anything else; 400 `Match failed` for other types.
    pub fn parse(login: &Value) -> Result<Self> {
        let fields = login.as_object().ok_or_else(unrecognized)?;
        match fields.get("totp") {
            Some(totp) => {
                let inner = totp.get("login").and_then(Value::as_object);
                Self::of(inner.ok_or_else(match_failed)?)
            }
            None => Self::of(fields),
        }
    }

    fn of(fields: &Map<String, Value>) -> Result<Self> {
        if let Some(token) = fields.get("resume") {
            return text(token).map(|token| Self::Resume(token.to_owned()));
        }
        let password = digest(fields.get("password").ok_or_else(unrecognized)?)?;
        Ok(Self::Password { who: who(fields)?, password })
    }
}

fn who(fields: &Map<String, Value>) -> Result<Who> {
    match fields.get("user") {
        Some(Value::Object(user)) => named(user, true),
        Some(user) => text(user).map(Who::typed),
        None => named(fields, false),
    }
}

fn named(fields: &Map<String, Value>, with_id: bool) -> Result<Who> {
    if let Some(name) = fields.get("username") {
        return Ok(Who::Username(text(name)?.to_owned()));
    }
    if let Some(address) = fields.get("email") {
        return Ok(Who::Email(text(address)?.to_owned()));
    }
    match fields.get("id") {
        Some(id) if with_id => Ok(Who::Id(UserId::new(text(id)?))),
        _ => Err(match_failed()),
    }
}

fn digest(password: &Value) -> Result<Option<Digest>> {
    let hashed = match password {
        Value::String(plain) => return Ok(Digest::of(plain)),
        Value::Object(hashed) => hashed,
        _ => return Err(match_failed()),
    };
    let field = |name: &str| hashed.get(name).ok_or_else(match_failed).and_then(text);
    let (digest, algorithm) = (field("digest")?, field("algorithm")?);
    if algorithm != "sha-256" {
        return Err(Error::numbered(400, "Invalid password hash algorithm. Only 'sha-256' is allowed."));
    }
    Ok(Digest::from_hex(digest))
}

fn text(value: &Value) -> Result<&str> {
    value.as_str().ok_or_else(match_failed)
}

fn unrecognized() -> Error {
    Error::numbered(400, "Unrecognized options for login request")
}

fn match_failed() -> Error {
    Error::numbered(400, "Match failed")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn password(login: Value) -> (Who, Option<Digest>) {
        match Credentials::parse(&login).unwrap() {
            Credentials::Password { who, password } => (who, password),
            Credentials::Resume(_) => panic!("a token"),
        }
    }

    fn refused(login: Value) -> String {
        Credentials::parse(&login).unwrap_err().to_string()
    }

    #[test]
    fn every_spelling_of_a_name() {
        let ann = Who::Username("ann".into());
        let mail = Who::Email("ann@x.io".into());
        for (login, who) in [
            (json!({"user": "ann", "password": "x"}), &ann),
            (json!({"user": "ann@x.io", "password": "x"}), &mail),
            (json!({"username": "ann", "password": "x", "code": "123456"}), &ann),
            (json!({"email": "ann@x.io", "password": "x"}), &mail),
            (json!({"user": {"username": "ann"}, "password": "x"}), &ann),
            (json!({"user": {"email": "ann@x.io"}, "password": "x"}), &mail),
            (json!({"user": {"id": "ann"}, "password": "x"}), &Who::Id("ann".into())),
            (json!({"totp": {"login": {"user": {"username": "ann"}, "password": "x"}, "code": "1"}}), &ann),
        ] {
            assert_eq!(password(login).0, *who);
        }
    }

    #[test]
    fn plain_and_hashed_passwords() {
        let hashed = json!({"digest": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881", "algorithm": "sha-256"});
        assert_eq!(
            password(json!({"user": "ann", "password": hashed})).1,
            password(json!({"user": "ann", "password": "x"})).1
        );
        assert_eq!(password(json!({"user": "ann", "password": {"digest": "short", "algorithm": "sha-256"}})).1, None);
        let weak = json!({"user": "ann", "password": {"digest": "", "algorithm": "md5"}});
        assert_eq!(refused(weak), "Invalid password hash algorithm. Only 'sha-256' is allowed. [400]");
    }

    #[test]
    fn tokens() {
        for login in [json!({"resume": "T"}), json!({"totp": {"login": {"resume": "T"}, "code": "1"}})] {
            assert!(matches!(Credentials::parse(&login), Ok(Credentials::Resume(token)) if token == "T"));
        }
    }

    #[test]
    fn what_is_no_login_is_said_to_be_none() {
        for login in [
            json!([]),
            json!("x"),
            json!({}),
            json!({"user": "ann"}),
            json!({"ldap": true, "ldapPass": "x"}),
            json!({"oauth": {}}),
            json!({"loginToken": "T"}),
            json!({"cas": {"credentialToken": "T"}}),
            json!({"saml": true, "credentialToken": "T"}),
            json!({"serviceName": "x", "accessToken": "T"}),
            json!({"iframe": true, "token": "T"}),
            json!({"identityToken": "T"}),
            json!({"user": {"username": "ann"}}),
        ] {
            assert_eq!(refused(login), "Unrecognized options for login request [400]");
        }
        for login in [
            json!({"user": {"$ne": null}, "password": "x"}),
            json!({"user": ["ann"], "password": "x"}),
            json!({"username": {"$regex": "."}, "password": "x"}),
            json!({"user": "ann", "password": {"$ne": ""}}),
            json!({"user": "ann", "password": 5}),
            json!({"password": "x"}),
            json!({"id": "ann", "password": "x"}),
            json!({"resume": {"$ne": null}}),
            json!({"totp": {"code": "1"}}),
        ] {
            assert_eq!(refused(login.clone()), "Match failed [400]", "{login}");
        }
        let nested = json!({"totp": {"login": {"totp": {"login": {"resume": "T"}}}, "code": "1"}});
        assert_eq!(refused(nested), "Unrecognized options for login request [400]");
    }
}
