//! What there is on this server, in numbers. Only what is counted is told: what is not built has no number here.

use crate::{Caller, Chat, admin};
use gantry_model::product::{PRODUCT, PRODUCT_VERSION, REPORTED_VERSION};
use gantry_model::{Error, Millis, Permission, Result, RoomKind, Status};
use gantry_store::{AccountCounts, RoomCounts};
use serde::Serialize;

/// The numbers of a moment, by their published names.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StatisticsDoc {
    unique_id: String,
    installed_at: Millis,
    version: &'static str,
    product: Product,
    #[serde(flatten)]
    accounts: Accounts,
    #[serde(flatten)]
    presence: Presence,
    #[serde(flatten)]
    rooms: Rooms,
    total_custom_roles: i64,
    os: Os,
    process: Process,
    database: Engine,
    created_at: Millis,
}

#[derive(Clone, Debug, Serialize)]
struct Product {
    name: &'static str,
    version: &'static str,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Accounts {
    total_users: i64,
    active_users: i64,
    active_guests: i64,
    non_active_users: i64,
    app_users: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_login: Option<Millis>,
}

#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Presence {
    online_users: i64,
    away_users: i64,
    busy_users: i64,
    total_connected_users: i64,
    offline_users: i64,
}

#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Rooms {
    total_rooms: i64,
    total_channels: i64,
    total_private_groups: i64,
    total_direct: i64,
    total_broadcast_rooms: i64,
    total_channel_messages: i64,
    total_private_group_messages: i64,
    total_direct_messages: i64,
    total_messages: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_message_sent_at: Option<Millis>,
}

#[derive(Clone, Debug, Serialize)]
struct Os {
    r#type: &'static str,
    platform: &'static str,
    arch: &'static str,
}

#[derive(Clone, Debug, Serialize)]
struct Process {
    pid: u32,
    /// Seconds.
    uptime: f64,
}

#[derive(Clone, Debug, Serialize)]
struct Engine {
    engine: &'static str,
}

/// The numbers of now. `view-statistics` (`error-not-allowed`).
///
/// # Errors
/// As above, with `details.method` `getStatistics`.
pub async fn statistics(cx: &Caller) -> Result<StatisticsDoc> {
    if !cx.has(Permission::ViewStatistics) {
        return Err(Error::not_allowed("getStatistics"));
    }
    let read = cx.read(|db| {
        let (accounts, rooms) = (db.statistics().accounts()?, db.statistics().rooms()?);
        let (custom_roles, engine) = (db.statistics().custom_roles()?, db.statistics().engine());
        Ok((accounts, rooms, custom_roles, engine, admin::installed_at(db)?))
    });
    let (accounts, rooms, total_custom_roles, engine, installed_at) = read.await?;
    let chat = cx.chat();
    Ok(StatisticsDoc {
        unique_id: chat.settings().text("uniqueID").to_owned(),
        installed_at,
        version: REPORTED_VERSION,
        product: Product { name: PRODUCT, version: PRODUCT_VERSION },
        presence: Presence::of(chat, accounts.all),
        accounts: Accounts::of(accounts),
        rooms: Rooms::of(&rooms),
        total_custom_roles,
        os: Os { r#type: std::env::consts::OS, platform: std::env::consts::OS, arch: std::env::consts::ARCH },
        process: Process { pid: std::process::id(), uptime: uptime(chat) },
        database: Engine { engine },
        created_at: chat.now(),
    })
}

fn uptime(chat: &Chat) -> f64 {
    let millis = chat.now().0.saturating_sub(chat.state().started().0).max(0);
    millis as f64 / 1_000.0
}

impl Accounts {
    fn of(counts: AccountCounts) -> Self {
        Self {
            total_users: counts.all,
            active_users: counts.active,
            active_guests: counts.active_guests,
            non_active_users: counts.all - counts.active,
            app_users: counts.apps,
            last_login: counts.last_login,
        }
    }
}

impl Presence {
    fn of(chat: &Chat, accounts: i64) -> Self {
        let presence = chat.state().presence();
        let mut counts = Self::default();
        for uid in presence.present() {
            match presence.status(&uid) {
                Status::Online => counts.online_users += 1,
                Status::Away => counts.away_users += 1,
                Status::Busy => counts.busy_users += 1,
                // Gone meanwhile.
                Status::Offline => continue,
            }
            counts.total_connected_users += 1;
        }
        counts.offline_users = (accounts - counts.total_connected_users).max(0);
        counts
    }
}

impl Rooms {
    fn of(counts: &[RoomCounts]) -> Self {
        let mut sum = Self::default();
        for RoomCounts { kind, rooms, messages, broadcast, last_message } in counts {
            let (of_kind, within) = match kind {
                RoomKind::Channel => (&mut sum.total_channels, &mut sum.total_channel_messages),
                RoomKind::Private => (&mut sum.total_private_groups, &mut sum.total_private_group_messages),
                RoomKind::Direct => (&mut sum.total_direct, &mut sum.total_direct_messages),
            };
            (*of_kind, *within) = (*rooms, *messages);
            sum.total_rooms += rooms;
            sum.total_messages += messages;
            sum.total_broadcast_rooms += broadcast;
            sum.last_message_sent_at = sum.last_message_sent_at.max(*last_message);
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_add_up() {
        let of = |kind, rooms, messages, last: Option<i64>| RoomCounts {
            kind,
            rooms,
            messages,
            broadcast: 1,
            last_message: last.map(Millis),
        };
        let sum = Rooms::of(&[of(RoomKind::Channel, 2, 5, Some(7)), of(RoomKind::Direct, 3, 1, None)]);
        assert_eq!((sum.total_rooms, sum.total_messages, sum.total_broadcast_rooms), (5, 6, 2));
        assert_eq!((sum.total_channels, sum.total_private_groups, sum.total_direct_messages), (2, 0, 1));
        assert_eq!(sum.last_message_sent_at, Some(Millis(7)));
    }
}
