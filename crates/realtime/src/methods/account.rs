//! Sessions and accounts.

use super::params::Document;
use super::profile::NewToken;
use super::table::{Table, Visit, mismatch};
use super::{Outcome, answer, login_result};
use gantry_chat::auth::{self, Credentials};
use gantry_chat::users::{self, Registration, StatusChange};
use gantry_chat::{Caller, presence, streams};
use gantry_model::{Hours, Status, UserId};
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) fn methods(table: &mut Table) {
    table.anyone("login", login);
    table.anyone("logout", logout);
    table.add("logoutOtherClients", logout_others);
    table.anyone("logoutCleanUp", log_out_clean_up);
    table.anyone("registerUser", register);
    table.add("saveUserPreferences", save_preferences);
    table.add("userSetUtcOffset", set_utc_offset);
    table.add("setUserStatus", set_status);
    table.add("getUserStatusText", status_text);
    table.add("UserPresence:setDefaultStatus", set_default_status);
    // Whoever is not connected by a socket is not at its keyboard.
    table.add("UserPresence:online", |_: Caller, (): ()| async { answer(&true) });
    table.add("UserPresence:away", |_: Caller, (): ()| async { answer(&true) });
    table.add("getUserRoles", roles);
    table.add("deleteUserOwnAccount", delete_own);
}

/// Over REST: a session that no connection belongs to.
async fn login(visit: Visit, (login,): (Value,)) -> Outcome {
    let login = auth::login(&visit.chat, Credentials::parse(&login)?, &visit.origin).await?;
    Ok(Some(login_result(&login)))
}

async fn logout(visit: Visit, (): ()) -> Outcome {
    if let Some(caller) = &visit.caller {
        auth::logout(caller).await?;
    }
    Ok(None)
}

async fn logout_others(cx: Caller, (): ()) -> Outcome {
    answer(&NewToken::from(auth::logout_others(&cx).await?))
}

/// Clients call it after a logout, with their own account; there is nothing to clean up.
async fn log_out_clean_up(_: Visit, (): ()) -> Outcome {
    Ok(None)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Registering {
    email: String,
    pass: String,
    name: Option<String>,
    username: Option<String>,
    #[serde(rename = "secretURL")]
    secret: Option<String>,
    reason: Option<String>,
    custom_fields: Option<Document>,
    language: Option<String>,
}

async fn register(visit: Visit, (new,): (Registering,)) -> Outcome {
    let registration = Registration {
        username: new.username.unwrap_or_default(),
        name: new.name,
        email: new.email,
        password: new.pass,
        secret: new.secret,
        setup_token: None,
        reason: new.reason,
        custom_fields: new.custom_fields,
        language: new.language,
    };
    let user = users::register(&visit.chat, registration, &visit.origin).await?;
    answer(&user.id)
}

async fn save_preferences(cx: Caller, (data,): (Document,)) -> Outcome {
    users::set_preferences(&cx, None, data).await?;
    answer(&true)
}

async fn set_utc_offset(cx: Caller, (hours,): (Hours,)) -> Outcome {
    if cx.user().profile.utc_offset != Some(hours) {
        users::set_preferences(&cx, None, Document::from_iter([("utcOffset".to_owned(), json!(hours))])).await?;
    }
    Ok(None)
}

async fn set_status(cx: Caller, (status, text): (Option<String>, Option<String>)) -> Outcome {
    let status = status.filter(|word| !word.is_empty()).map(|word| Status::from_word(&word).ok_or_else(mismatch));
    let change = StatusChange { status: status.transpose()?, text, until: None };
    users::set_status(&cx, cx.id(), change, "setUserStatus").await?;
    Ok(None)
}

async fn set_default_status(cx: Caller, (status,): (String,)) -> Outcome {
    presence::set_default_status(&cx, Status::from_word(&status).ok_or_else(mismatch)?).await?;
    Ok(None)
}

async fn status_text(cx: Caller, (uid,): (UserId,)) -> Outcome {
    match streams::account(cx.chat(), &uid).await? {
        Some(user) => answer(&presence::text_of(cx.chat(), &user)),
        None => Ok(None),
    }
}

async fn roles(cx: Caller, (): ()) -> Outcome {
    answer(&users::badges(&cx).await?)
}

async fn delete_own(cx: Caller, (password, relinquish): (String, Option<bool>)) -> Outcome {
    users::delete_own(&cx, &password, relinquish.unwrap_or_default()).await?;
    answer(&true)
}
