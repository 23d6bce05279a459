//! `users.autocomplete` and `rooms.autocomplete.channelAndPrivate`: what is offered where one is to be chosen.

use crate::call::Call;
use crate::endpoint::{Access, Api};
use crate::params::Params;
use crate::reply::{Reply, ok_with};
use gantry_chat::spotlight;
use gantry_model::{Error, Permission, Result};
use serde::Deserialize;

pub(crate) fn endpoints(api: &mut Api) {
    api.get("users.autocomplete", Access::Accounts, people)
        .names(Permission::ViewOutsideRoom)
        .names(Permission::ViewDRoom)
        .about("Offers people by a part of their names.")
        .answers("items", "[User]");
    api.get("rooms.autocomplete.channelAndPrivate", Access::Own, own_rooms)
        .about("Offers channels and groups of the caller's by a part of their names.")
        .answers("items", "[Room]");
}

/// Query of `users.autocomplete`.
#[derive(Params)]
struct People {
    /// A JSON object: `term`, a part of a name, and `exceptions`, user names that are not to be offered.
    selector: String,
}

/// `conditions` are not taken: whoever asks does not say in the database's language whom else to leave out.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Selector {
    term: String,
    exceptions: Vec<String>,
    name: String,
}

/// User names left out at once, at most.
const EXCEPTIONS: usize = 1_000;

/// # Errors
/// `error-invalid-query`.
fn read(selector: &str) -> Result<Selector> {
    let invalid = || Error::new("error-invalid-query", "Invalid query parameter provided");
    // An object: a list would do for a struct, too.
    let fields: serde_json::Map<String, serde_json::Value> = serde_json::from_str(selector).map_err(|_| invalid())?;
    let selector = Selector::deserialize(serde_json::Value::Object(fields)).map_err(|_| invalid())?;
    if selector.exceptions.len() > EXCEPTIONS { Err(invalid()) } else { Ok(selector) }
}

async fn people(call: Call, query: People) -> Reply {
    let Selector { term, exceptions, .. } = read(&query.selector)?;
    Ok(ok_with("items", &spotlight::people_by_name(&call, &term, exceptions).await?))
}

/// Query of `rooms.autocomplete.channelAndPrivate`.
#[derive(Params)]
struct OwnRooms {
    /// A JSON object: `name`, a part of a name.
    selector: Option<String>,
}

async fn own_rooms(call: Call, query: OwnRooms) -> Reply {
    let selector = query.selector.filter(|selector| !selector.is_empty());
    let selector = read(&selector.ok_or_else(|| Error::text("The 'selector' param is required"))?)?;
    Ok(ok_with("items", &spotlight::own_rooms_by_name(&call, &selector.name).await?))
}
