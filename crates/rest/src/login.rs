//! `login`, `logout`, `me`: sessions, and who one is.

use crate::call::{Call, Visit};
use crate::endpoint::{Access, Api};
use crate::params::Params;
use crate::reply::{Answer, Object, Reply};
use gantry_chat::auth::{self, Credentials, LoggedIn};
use gantry_chat::users::{self, Me};
use gantry_model::wire::{Wire, to_string};
use gantry_model::{Code, Error, Failure};
use serde_json::{Map, Value};

pub(crate) fn endpoints(api: &mut Api) {
    api.post("login", Access::Anyone, login)
        .limited_by_account(account)
        .about("Logs in with a name and a password, or with a token.")
        .since("0.60.0")
        .answers("data", "Login");
    api.post("logout", Access::Own, logout)
        .about("Ends the session of the token that the call came with.")
        .since("0.1.0")
        .answers("data", "object");
    api.get("logout", Access::Own, logout)
        .about("Ends the session of the token that the call came with.")
        .since("0.1.0")
        .deprecated("9.0.0", "Use POST")
        .answers("data", "object");
    api.get("me", Access::Own, me)
        .about("Tells about the caller's own account.")
        .since("0.48.0")
        .answers("_id", "string");
}

/// Body of `login`.
#[derive(Params)]
struct Login {
    /// User name or mail address; or an object with `username`, `email` or `id`.
    user: Option<Value>,
    /// User name.
    username: Option<Value>,
    /// Mail address; a user name is taken as well.
    email: Option<Value>,
    /// The password; or an object with its `digest` and `algorithm` `sha-256`.
    password: Option<Value>,
    /// A token of an earlier login, or a personal one, in place of name and password.
    resume: Option<Value>,
    /// `{login, code}`, where `login` is one of the other forms.
    totp: Option<Value>,
    /// Code of a second factor.
    #[expect(dead_code, reason = "published, and without a meaning until there is a second factor")]
    code: Option<Value>,
}

impl Login {
    /// The login object as DDP has it.
    fn object(self) -> Value {
        let Self { user, username, email, password, resume, totp, code: _ } = self;
        let fields = [
            ("user", user),
            ("username", username),
            ("email", email),
            ("password", password),
            ("resume", resume),
            ("totp", totp),
        ];
        fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect::<Map<_, _>>().into()
    }
}

/// What a login is counted by besides its address: the account it names, or the beginning of its token.
fn account(body: &Value) -> Option<String> {
    let login = body.get("totp").and_then(|totp| totp.get("login")).unwrap_or(body);
    let named =
        |of: &Value| ["username", "email", "id"].iter().find_map(|key| of.get(*key)?.as_str().map(str::to_owned));
    let user = login.get("user");
    let name = user.and_then(|user| user.as_str().map(str::to_owned).or_else(|| named(user))).or_else(|| named(login));
    let token = || login.get("resume").and_then(Value::as_str).map(str::to_owned);
    Some(name.or_else(token)?.chars().take(64).collect())
}

async fn login(visit: Visit, body: Login) -> Reply {
    let credentials = Credentials::parse(&body.object());
    let outcome = match credentials {
        Ok(credentials) => auth::login(&visit.chat, credentials, &visit.origin).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(login) => Ok(logged_in(&visit, &login)),
        Err(error) if matches!(error.failure(), Failure::Internal | Failure::Unavailable) => Err(error),
        Err(error) => Ok(refused(&error)),
    }
}

fn logged_in(visit: &Visit, login: &LoggedIn) -> Answer {
    let data = Object::new()
        .with("userId", &login.user.id)
        .with("authToken", &login.token)
        .with("me", &Me::of(&visit.chat, &login.user))
        .plain(200);
    Object::new().with("status", "success").with_json("data", &data.body).success()
}

/// The envelope of refused logins. Unknown name and wrong password are one refusal.
fn refused(error: &Error) -> Answer {
    let unauthorized = error.reason() == "User not found";
    let (code, message) = match error.code() {
        _ if unauthorized => (to_string(Wire::Rest, "Unauthorized"), "Unauthorized"),
        Code::Id(id) => (to_string(Wire::Rest, id), error.reason()),
        Code::Number(number) => (to_string(Wire::Rest, number), error.reason()),
    };
    let answer = Object::new().with("success", &false).with("status", "error");
    let answer = answer.with_json("error", &code).with("message", message);
    match error.details().filter(|_| !unauthorized) {
        Some(details) => answer.with("details", details).plain(401),
        None => answer.plain(401),
    }
}

async fn logout(call: Call, (): ()) -> Reply {
    auth::logout(&call).await?;
    let data = Object::new().with("message", "You've been logged out!").plain(200);
    Ok(Object::new().with("status", "success").with_json("data", &data.body).plain(200))
}

async fn me(call: Call, (): ()) -> Reply {
    Ok(Object::new().with_all(&users::me(&call).await?).success())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn unknown_and_wrong_are_one_answer() {
        let unknown = refused(&Error::numbered(403, "User not found"));
        let body = r#"{"success":false,"status":"error","error":"Unauthorized","message":"Unauthorized"}"#;
        assert_eq!((unknown.status, unknown.body.as_str()), (401, body));
    }

    #[test]
    fn other_refusals_keep_their_own_words() {
        let number = refused(&Error::numbered(403, "Your session has expired. Please log in again."));
        let body = r#"{"success":false,"status":"error","error":403,"message":"Your session has expired. Please log in again."}"#;
        assert_eq!(number.body, body);
        let word =
            Error::new("error-user-is-not-activated", "User is not activated").with_details(json!({"function": "f"}));
        let body = r#"{"success":false,"status":"error","error":"error-user-is-not-activated","message":"User is not activated","details":{"function":"f"}}"#;
        assert_eq!(refused(&word).body, body);
    }

    #[test]
    fn logins_are_counted_by_the_account_they_name() {
        for body in [
            json!({"user": "ann", "password": "x"}),
            json!({"username": "ann"}),
            json!({"user": {"username": "ann"}}),
            json!({"totp": {"login": {"user": {"email": "ann"}}}}),
            json!({"resume": "ann"}),
        ] {
            assert_eq!(account(&body).as_deref(), Some("ann"), "{body}");
        }
        assert_eq!(account(&json!({"user": {"$ne": 1}})), None);
        assert_eq!(account(&json!([])), None);
    }
}
