//! What people change about their own accounts, their sessions, and the tokens they make for their programs.

use super::params::Document;
use super::table::{Table, Visit, mismatch};
use super::{Outcome, answer};
use gantry_chat::Caller;
use gantry_chat::auth::{self, Digest, Renewed};
use gantry_chat::users::{self, ProfileChanges};
use gantry_model::{Error, Millis, Status};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(super) fn methods(table: &mut Table) {
    table.add("saveUserProfile", save);
    table.add("setUsername", set_username);
    table.add("joinDefaultChannels", join_defaults);
    table.add("setRealName", set_name);
    table.add("setEmail", set_email);
    table.add("saveCustomFields", set_custom_fields);
    table.add("setUserPassword", choose_password);
    table.add("changePassword", change_password);
    table.add("checkUsernameAvailability", may_have_username);
    table.add("getUsernameSuggestion", suggest_username);
    table.add("getPasswordPolicy", policy);
    table.anyone("checkRegistrationSecretURL", is_registration_secret);
    table.add("removeOtherTokens", remove_others);
    table.add("getNewToken", new_token);
    table.add("createToken", create_token);
    table.add("personalAccessTokens:generateToken", generate).two_factor();
    table.add("personalAccessTokens:regenerateToken", regenerate).two_factor();
    table.add("personalAccessTokens:removeToken", remove).two_factor();
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Profile {
    realname: Option<String>,
    username: Option<String>,
    email: Option<String>,
    new_password: Option<String>,
    typed_password: Option<String>,
    status_text: Option<String>,
    status_type: Option<String>,
    bio: Option<String>,
    nickname: Option<String>,
}

type Saving = (Profile, Option<Document>);

async fn save(cx: Caller, (profile, custom_fields): Saving) -> Outcome {
    let status = profile.status_type.filter(|word| !word.is_empty());
    let changes = ProfileChanges {
        name: profile.realname,
        username: profile.username,
        email: profile.email,
        password: profile.new_password,
        proof: profile.typed_password.as_deref().and_then(Digest::from_hex),
        bio: profile.bio,
        nickname: profile.nickname,
        status: status.map(|word| Status::from_word(&word).ok_or_else(mismatch)).transpose()?,
        status_text: profile.status_text,
        custom_fields: custom_fields.filter(|fields| !fields.is_empty()),
    };
    users::save_profile(&cx, changes).await?;
    answer(&true)
}

async fn set_username(cx: Caller, (username,): (String,)) -> Outcome {
    users::set_username(&cx, &username).await?;
    answer(&username)
}

async fn join_defaults(cx: Caller, (silently,): (Option<bool>,)) -> Outcome {
    users::join_defaults(&cx, silently.unwrap_or_default()).await?;
    Ok(None)
}

async fn set_name(cx: Caller, (name,): (String,)) -> Outcome {
    users::set_name(&cx, &name).await?;
    answer(&name)
}

async fn set_email(cx: Caller, (email,): (String,)) -> Outcome {
    users::set_email(&cx, &email).await?;
    answer(&email)
}

async fn set_custom_fields(cx: Caller, (fields,): (Document,)) -> Outcome {
    users::set_custom_fields(&cx, fields).await?;
    Ok(None)
}

/// The answer is what the database of others would say.
async fn choose_password(cx: Caller, (password,): (String,)) -> Outcome {
    users::choose_password(&cx, &password).await?;
    answer(&json!({ "acknowledged": true, "matchedCount": 1, "modifiedCount": 1 }))
}

/// A password as clients send it: plain, or hashed.
#[derive(Deserialize)]
#[serde(untagged)]
enum Password {
    Plain(String),
    Hashed { digest: String, algorithm: String },
}

impl Password {
    fn digest(&self) -> Option<Digest> {
        match self {
            Self::Plain(plain) => Digest::of(plain),
            Self::Hashed { digest, algorithm } => Digest::from_hex(digest).filter(|_| algorithm == "sha-256"),
        }
    }
}

/// A new password is looked at, so it must be plain.
async fn change_password(cx: Caller, (old, new): (Password, String)) -> Outcome {
    users::change_password(&cx, old.digest(), &new).await?;
    answer(&true)
}

async fn may_have_username(cx: Caller, (username,): (String,)) -> Outcome {
    answer(&users::may_have_username(&cx, &username).await?)
}

async fn suggest_username(cx: Caller, (): ()) -> Outcome {
    users::suggest_username(&cx).await?.map_or(Ok(None), |name| answer(&name))
}

async fn policy(cx: Caller, (): ()) -> Outcome {
    answer(&auth::password_policy(&cx.chat().settings()))
}

async fn is_registration_secret(visit: Visit, (secret,): (String,)) -> Outcome {
    answer(&users::is_registration_secret(&visit.chat.settings(), &secret))
}

async fn remove_others(cx: Caller, (): ()) -> Outcome {
    auth::remove_others(&cx).await?;
    Ok(None)
}

/// A token as clients keep it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NewToken {
    token: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    token_expires: Option<Millis>,
}

impl From<Renewed> for NewToken {
    fn from(renewed: Renewed) -> Self {
        Self { token: renewed.token, token_expires: renewed.expires }
    }
}

async fn new_token(cx: Caller, (): ()) -> Outcome {
    answer(&NewToken::from(auth::another_token(&cx).await?))
}

async fn create_token(cx: Caller, (uid, secret): (gantry_model::UserId, Option<String>)) -> Outcome {
    let refused = || Error::new("error-not-authorized", "Not authorized").in_method("createToken");
    let user = users::find(&cx, users::UserRef::Id(uid)).await?.ok_or_else(refused)?;
    answer(&users::create_token(&cx, &user, &secret.unwrap_or_default()).await?)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Named {
    token_name: String,
    #[serde(default)]
    bypass_two_factor: bool,
}

async fn generate(cx: Caller, (token,): (Named,)) -> Outcome {
    answer(&auth::make_personal(&cx, &token.token_name, token.bypass_two_factor).await?)
}

async fn regenerate(cx: Caller, (token,): (Named,)) -> Outcome {
    answer(&auth::renew_personal(&cx, &token.token_name).await?)
}

async fn remove(cx: Caller, (token,): (Named,)) -> Outcome {
    auth::remove_personal(&cx, &token.token_name).await?;
    Ok(None)
}
