//! `statistics`: what there is on this server, in numbers.

use crate::call::Call;
use crate::endpoint::{Access, Api};
use crate::page::PageParams;
use crate::params::Params;
use crate::reply::{Object, Reply, ok_page};
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
    api.get("statistics.list", Access::Administer, list)
        .names(Permission::ViewStatistics)
        .about("Lists what was counted on this server: what there is now, as nothing is kept of it.")
        .since("0.51.0")
        .answers("statistics", "[object]");
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

async fn list(call: Call, query: PageParams) -> Reply {
    let page = query.page(&call.page_limits());
    query.sort()?;
    let now = statistics::statistics(&call).await?;
    let shown = page.offset == 0 && page.count != Some(0);
    Ok(ok_page("statistics", if shown { std::slice::from_ref(&now) } else { &[] }, page, 1))
}
