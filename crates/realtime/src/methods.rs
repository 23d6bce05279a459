//! The methods: one table, called over DDP and by REST's `method.call`.
//!
//! A method reads its parameters, calls the operation that REST calls, and answers. It decides nothing.

mod account;
mod administration;
mod authorization;
mod directory;
mod history;
mod membership;
mod messages;
mod notifications;
mod params;
mod profile;
mod room_settings;
mod rooms;
mod table;

use crate::ddp;
use crate::frame::Draft;
use crate::session::is_own_fault;
use futures_util::FutureExt;
use gantry_chat::auth::{self, Factor, LoggedIn};
use gantry_chat::{Caller, Chat, Origin};
use gantry_model::wire::{self, Wire};
use gantry_model::{Email, Error, Millis, Result, User, Username};
use serde::Serialize;
use serde_json::Value;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, LazyLock};
use table::{Table, Visit};

/// What a method answers: JSON for DDP, or nothing.
pub(crate) type Outcome = Result<Option<String>>;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    account::methods(&mut table);
    administration::methods(&mut table);
    rooms::methods(&mut table);
    room_settings::methods(&mut table);
    directory::methods(&mut table);
    profile::methods(&mut table);
    authorization::methods(&mut table);
    membership::methods(&mut table);
    notifications::methods(&mut table);
    messages::methods(&mut table);
    history::methods(&mut table);
    table
});

/// Calls a method. Those that belong to a connection, `logout` and `UserPresence:*`, do little here.
///
/// # Errors
/// 404 for an unknown method; `error-invalid-user` where somebody must be logged in; 400 `Match failed` for parameters
/// of the wrong types; whatever the operation fails with.
pub(crate) async fn call(
    chat: Chat,
    caller: Option<Caller>,
    origin: Arc<Origin>,
    name: &str,
    mut params: Vec<Value>,
) -> Outcome {
    let caller = match (caller, params.pop_if(|last| is_factor(last)).as_ref().and_then(factor)) {
        (Some(caller), Some(factor)) => Some(caller.with_factor(factor)),
        (caller, _) => caller,
    };
    let method = TABLE.find(name).ok_or_else(|| Error::numbered(404, format!("Method '{name}' not found")))?;
    if method.asks_factor
        && let Some(caller) = &caller
    {
        auth::second_factor(caller).await?;
    }
    let visit = Visit { chat, caller, origin };
    let done = AssertUnwindSafe((method.run)(visit, clean(params)?)).catch_unwind().await;
    done.unwrap_or_else(|_| Err(Error::internal("the method panicked")))
}

/// The second factor that clients append to any call.
fn is_factor(param: &Value) -> bool {
    param.as_object().is_some_and(|members| {
        let known = |key: &String| key == "twoFactorCode" || key == "twoFactorMethod";
        !members.is_empty() && members.keys().all(known)
    })
}

fn factor(param: &Value) -> Option<Factor> {
    Factor::from_code(param.get("twoFactorCode")?.as_str()?)
}

/// The name itself if there is such a method, else `other`: clients may send any name, and metrics keep all they see.
pub(crate) fn known(name: &str) -> &'static str {
    TABLE.name(name).unwrap_or("other")
}

/// The names of all methods that are served, in their order.
pub fn names() -> Vec<&'static str> {
    TABLE.names()
}

/// The frame that answers a call. What broke inside goes to the log.
pub(crate) fn result(id: &str, name: &str, outcome: Outcome) -> Draft {
    match outcome {
        Ok(Some(json)) => ddp::json_result(id, &json),
        Ok(None) => ddp::empty_result(id),
        Err(error) => {
            note(name, &error);
            ddp::failure(id, &error)
        }
    }
}

/// Logs what is the server's own fault.
pub(crate) fn note(name: &str, error: &Error) {
    if is_own_fault(error) {
        tracing::error!(name, cause = error.cause(), "a call failed");
    }
}

/// A document as JSON for DDP.
pub(crate) fn json(document: &(impl Serialize + ?Sized)) -> String {
    wire::to_string(Wire::Ddp, document)
}

/// An answer.
fn answer(document: &(impl Serialize + ?Sized)) -> Outcome {
    Ok(Some(json(document)))
}

/// An empty list.
fn nothing() -> Outcome {
    Ok(Some("[]".into()))
}

/// Refuses text with NUL in it, which no database keeps.
///
/// # Errors
/// 400 `Match failed`.
pub(crate) fn clean(params: Vec<Value>) -> Result<Vec<Value>> {
    match params.iter().any(has_nul) {
        true => Err(Error::numbered(400, "Match failed")),
        false => Ok(params),
    }
}

fn has_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(list) => list.iter().any(has_nul),
        Value::Object(map) => map.iter().any(|(key, value)| key.contains('\0') || has_nul(value)),
        _ => false,
    }
}

/// What a client is told of its own account when it logs in.
#[derive(Serialize)]
pub(crate) struct OwnAccount<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) username: Option<&'a Username>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) emails: Option<&'a Vec<Email>>,
}

impl<'a> OwnAccount<'a> {
    /// Of this account.
    pub(crate) fn of(user: &'a User) -> Self {
        let emails = (!user.emails.is_empty()).then_some(&user.emails);
        Self { username: user.username.as_ref(), emails }
    }
}

/// What `login` answers.
pub(crate) fn login_result(login: &LoggedIn) -> String {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Answer<'a> {
        id: &'a str,
        token: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        token_expires: Option<Millis>,
        r#type: &'a str,
    }
    json(&Answer {
        id: login.user.id.as_str(),
        token: &login.token,
        token_expires: login.expires,
        r#type: login.way.word(),
    })
}

#[cfg(test)]
mod tests;
