//! `statistics`: what there is on this server, in numbers.

use crate::call::Call;
use crate::endpoint::{Access, Api};
use crate::params::Params;
use crate::reply::{Object, Reply};
use gantry_chat::statistics;
use gantry_model::Permission;

pub(crate) fn endpoints(api: &mut Api) {
    api.get("statistics", Access::Administer, now)
        .names(Permission::ViewStatistics)
        .about("Counts what there is on this server.")
        .since("0.51.0")
        .answers("totalUsers", "integer")
        .answers("totalRooms", "integer")
        .answers("totalMessages", "integer");
}

/// Query of `statistics`.
#[derive(Params)]
struct Refreshing {
    /// Without a meaning: everything is counted when it is asked for.
    #[expect(dead_code, reason = "published, and always so")]
    refresh: Option<String>,
}

async fn now(call: Call, _: Refreshing) -> Reply {
    Ok(Object::new().with_all(&statistics::statistics(&call).await?).success())
}
