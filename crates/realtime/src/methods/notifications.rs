//! What the caller sets for one room: notifications, whom to ignore, that it is a favourite.

use super::table::Table;
use super::{Outcome, answer};
use gantry_chat::{Caller, subscriptions};
use gantry_model::{RoomId, UserId};
use serde::Deserialize;

pub(super) fn methods(table: &mut Table) {
    table.add("saveNotificationSettings", save);
    table.add("saveAudioNotificationValue", save_sound);
    table.add("toggleFavorite", favorite);
    table.add("ignoreUser", ignore);
}

async fn save(cx: Caller, (rid, field, value): (RoomId, String, String)) -> Outcome {
    subscriptions::save_notifications(&cx, &rid, &[(field, value)]).await?;
    answer(&true)
}

async fn save_sound(cx: Caller, (rid, value): (RoomId, String)) -> Outcome {
    subscriptions::save_sound(&cx, &rid, &value).await?;
    answer(&true)
}

/// How many memberships it changed.
async fn favorite(cx: Caller, (rid, favorite): (RoomId, Option<bool>)) -> Outcome {
    let changed = subscriptions::set_favorite(&cx, &rid, favorite.unwrap_or(true)).await?;
    answer(&u8::from(changed))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ignoring {
    rid: RoomId,
    user_id: UserId,
    ignore: Option<bool>,
}

async fn ignore(cx: Caller, (about,): (Ignoring,)) -> Outcome {
    subscriptions::ignore(&cx, &about.rid, &about.user_id, about.ignore.unwrap_or(true)).await?;
    answer(&true)
}
