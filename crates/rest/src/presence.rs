//! Who is there, and how: `users.presence` and the statuses of `users.*`.

use crate::call::Call;
use crate::endpoint::{Access, Api};
use crate::params::Params;
use crate::reply::{Object, Reply, ok};
use crate::users::{UserKey, find_user};
use gantry_chat::presence::{self, Whose};
use gantry_chat::users::{self, StatusChange};
use gantry_model::{Error, Millis, Permission, Result, Status, User, UserId};

pub(crate) fn endpoints(api: &mut Api) {
    api.get("users.getPresence", Access::Accounts, presence_of)
        .about("Tells whether somebody is there.")
        .since("0.35.0")
        .answers("presence", "string");
    api.get("users.getStatus", Access::Accounts, status_of)
        .about("Tells somebody's status.")
        .since("1.2.0")
        .answers("_id", "string")
        .answers("connectionStatus", "string")
        .answers("status", "string")
        .answers("statusSource", "string")
        .answers("statusExpiresAt", "string");
    api.get("users.presence", Access::Accounts, list)
        .about("Tells who is there, and how.")
        .since("1.1.0")
        .answers("users", "[Presence]")
        .answers("full", "boolean");
    api.post("users.setStatus", Access::Own, set_status)
        .names(Permission::EditOtherUserInfo)
        .about("Sets a status, and the line beside it.")
        .since("1.2.0");
}

/// Whom a call is about: the caller, unless it names somebody.
async fn whom(call: &Call, key: &UserKey) -> Result<User> {
    match key.as_ref() {
        Some(_) => find_user(call, key).await,
        None => find_user(call, &UserKey::of_id(call.id().clone())).await,
    }
}

async fn presence_of(call: Call, user: UserKey) -> Reply {
    let user = whom(&call, &user).await?;
    Ok(Object::new().with_all(&presence::presence_of(&call, &user)).success())
}

async fn status_of(call: Call, user: UserKey) -> Reply {
    let user = whom(&call, &user).await?;
    Ok(Object::new().with_all(&presence::status_of(&call, &user)).success())
}

/// Query of `users.presence`.
#[derive(Params)]
struct PresenceQuery {
    /// Only what changed since; anything within ten minutes.
    from: Option<String>,
    /// Only these users.
    ids: Option<Vec<UserId>>,
}

async fn list(call: Call, query: PresenceQuery) -> Reply {
    let since = query.from.as_deref().and_then(Millis::parse);
    let whose = match (query.ids.filter(|ids| !ids.is_empty()), since) {
        (Some(ids), _) => Whose::Of(ids),
        (None, Some(since)) => Whose::ChangedSince(since),
        (None, None) => Whose::Everybodys,
    };
    Ok(Object::new().with_all(&presence::list(&call, whose).await?).success())
}

/// Body of `users.setStatus`.
#[derive(Params)]
struct StatusBody {
    /// The line beside the status.
    message: Option<String>,
    /// `online`, `away`, `busy` or `offline`.
    status: Option<String>,
    /// Both end then.
    #[params(nullable)]
    expires_at: Option<String>,
    #[params(flatten)]
    user: UserKey,
}

async fn set_status(call: Call, body: StatusBody) -> Reply {
    const METHOD: &str = "users.setStatus";
    if body.message.is_none() && body.status.is_none() {
        return Err(Error::text("Match error: Failed Match.OneOf, Match.Maybe or Match.Optional validation"));
    }
    let invalid = || {
        let text = "Valid status types include online, away, offline, and busy.";
        Error::new("error-invalid-status", text).in_method(METHOD)
    };
    let word = body.status.as_deref().filter(|word| !word.is_empty());
    let status = word.map(|word| Status::from_word(word).ok_or_else(invalid)).transpose()?;
    let never = || Error::new("error-invalid-date", "expiresAt must be a future date");
    let until = body.expires_at.as_deref().filter(|text| !text.is_empty());
    let until = until.map(|text| Millis::parse(text).ok_or_else(never)).transpose()?;
    let target = users::status_target(&call, body.user.as_ref()).await?;
    users::set_status(&call, &target, StatusChange { status, text: body.message, until }, METHOD).await?;
    Ok(ok())
}
