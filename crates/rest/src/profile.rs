//! What people change about their own accounts, and the tokens they make for their programs.

use crate::call::{Call, Visit};
use crate::endpoint::{Access, Api};
use crate::params::Params;
use crate::reply::{Object, Reply, ok, ok_with};
use gantry_chat::auth::{self, Digest};
use gantry_chat::users::{self, ProfileChanges, UserDoc};
use gantry_model::{Error, Permission, Result, Status, UserId};
use serde_json::{Map, Value};

pub(crate) fn endpoints(api: &mut Api) {
    profile(api);
    sessions(api);
    tokens(api);
}

fn profile(api: &mut Api) {
    api.post("users.updateOwnBasicInfo", Access::Own, update)
        .names_factor()
        .about("Changes the caller's own account.")
        .since("0.62.2")
        .answers("user", "User");
    api.get("users.checkUsernameAvailability", Access::Own, may_have_username)
        .about("Tells whether the caller could have a user name.")
        .answers("result", "boolean");
    api.get("users.getUsernameSuggestion", Access::Own, suggest_username)
        .about("Suggests a user name to the caller.")
        .since("0.65.0")
        .answers("result", "string");
    api.get("pw.getPolicy", Access::Anyone, policy)
        .about("Tells what a new password must be like.")
        .answers("enabled", "boolean")
        .answers("policy", "[object]");
}

fn sessions(api: &mut Api) {
    api.post("users.logout", Access::Own, log_out)
        .names(Permission::LogoutOtherUser)
        .about("Ends all sessions of the caller, or of another account.")
        .answers("message", "string");
    api.post("users.logoutOtherClients", Access::Own, log_out_others)
        .about("Ends the caller's other sessions, and renews this one.")
        .answers("token", "string")
        .answers("tokenExpires", "string");
    api.post("users.removeOtherTokens", Access::Own, remove_other_tokens)
        .about("Ends the caller's other sessions.")
        .since("3.1.0");
}

fn tokens(api: &mut Api) {
    api.post("users.generatePersonalAccessToken", Access::Own, generate)
        .names(Permission::CreatePersonalAccessTokens)
        .two_factor()
        .about("Makes a token for a program of the caller's.")
        .since("0.69.0")
        .answers("token", "string");
    api.post("users.regeneratePersonalAccessToken", Access::Own, regenerate)
        .names(Permission::CreatePersonalAccessTokens)
        .two_factor()
        .about("Makes a token of the caller's anew.")
        .since("0.69.0")
        .answers("token", "string");
    api.get("users.getPersonalAccessTokens", Access::Own, list)
        .names(Permission::CreatePersonalAccessTokens)
        .about("Lists the tokens that the caller made.")
        .since("0.69.0")
        .answers("tokens", "[object]");
    api.post("users.removePersonalAccessToken", Access::Own, remove)
        .names(Permission::CreatePersonalAccessTokens)
        .two_factor()
        .about("Ends a token of the caller's.")
        .since("0.69.0");
}

/// Body of `users.updateOwnBasicInfo`.
#[derive(Params)]
#[params(strict)]
struct Updating {
    data: Data,
    /// Fields that the administrator defined.
    #[params(nullable)]
    custom_fields: Option<Map<String, Value>>,
}

#[derive(Params)]
#[params(strict)]
struct Data {
    /// Mail address.
    email: Option<String>,
    /// Display name.
    name: Option<String>,
    /// User name.
    username: Option<String>,
    /// What others call the caller.
    nickname: Option<String>,
    /// About the caller.
    bio: Option<String>,
    /// The line beside the status.
    status_text: Option<String>,
    /// `online`, `away`, `busy` or `offline`.
    status_type: Option<String>,
    /// The password there is, as its SHA-256 in hex; a new password or address asks for it.
    current_password: Option<String>,
    /// A new password.
    new_password: Option<String>,
}

async fn update(call: Call, body: Updating) -> Reply {
    let Updating { data, custom_fields } = body;
    let invalid = || Error::new("error-invalid-status", "Invalid status").in_method("saveUserProfile");
    let status = data.status_type.filter(|word| !word.is_empty());
    let changes = ProfileChanges {
        name: data.name,
        username: data.username,
        email: data.email,
        password: data.new_password,
        proof: data.current_password.as_deref().and_then(Digest::from_hex),
        bio: data.bio,
        nickname: data.nickname,
        status: status.map(|word| Status::from_word(&word).ok_or_else(invalid)).transpose()?,
        status_text: data.status_text,
        custom_fields,
    };
    let user = users::save_profile(&call, changes).await?;
    Ok(ok_with("user", &UserDoc::full(call.chat(), &user)))
}

/// Query of `users.checkUsernameAvailability`.
#[derive(Params)]
struct NameQuery {
    /// The user name.
    username: String,
}

async fn may_have_username(call: Call, query: NameQuery) -> Reply {
    Ok(ok_with("result", &users::may_have_username(&call, &query.username).await?))
}

async fn suggest_username(call: Call, (): ()) -> Reply {
    Ok(ok_with("result", &users::suggest_username(&call).await?))
}

async fn policy(visit: Visit, (): ()) -> Reply {
    Ok(Object::new().with_all(&auth::password_policy(&visit.chat.settings())).success())
}

/// Body of `users.logout`.
#[derive(Params)]
struct LoggingOut {
    /// Whose sessions end; the caller's own unless given.
    user_id: Option<UserId>,
}

async fn log_out(call: Call, body: LoggingOut) -> Reply {
    let target = body.user_id.filter(|id| !id.as_str().is_empty());
    let uid = auth::log_out(&call, target).await?;
    Ok(ok_with("message", &format!("User {uid} has been logged out!")))
}

async fn log_out_others(call: Call, (): ()) -> Reply {
    let renewed = auth::logout_others(&call).await?;
    Ok(Object::new().with("token", &renewed.token).with("tokenExpires", &renewed.expires).success())
}

async fn remove_other_tokens(call: Call, (): ()) -> Reply {
    auth::remove_others(&call).await?;
    Ok(ok())
}

/// Body of `users.generatePersonalAccessToken`.
#[derive(Params)]
struct Generating {
    /// What the caller calls it.
    token_name: Option<String>,
    /// Calls with it need no second factor.
    #[params(default = false)]
    bypass_two_factor: bool,
}

/// Body of the others.
#[derive(Params)]
struct TokenName {
    /// What the caller calls it.
    token_name: Option<String>,
}

fn named(name: Option<String>) -> Result<String> {
    name.filter(|name| !name.is_empty()).ok_or_else(|| Error::text("The 'tokenName' param is required"))
}

async fn generate(call: Call, body: Generating) -> Reply {
    let name = named(body.token_name)?;
    Ok(ok_with("token", &auth::make_personal(&call, &name, body.bypass_two_factor).await?))
}

async fn regenerate(call: Call, body: TokenName) -> Reply {
    let name = named(body.token_name)?;
    Ok(ok_with("token", &auth::renew_personal(&call, &name).await?))
}

async fn list(call: Call, (): ()) -> Reply {
    Ok(ok_with("tokens", &auth::personal(&call).await?))
}

async fn remove(call: Call, body: TokenName) -> Reply {
    let name = named(body.token_name)?;
    auth::remove_personal(&call, &name).await?;
    Ok(ok())
}
