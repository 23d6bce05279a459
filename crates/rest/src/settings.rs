//! `settings.*`: what administrators decide, and what everybody may know of it.

use crate::call::{Call, Visit};
use crate::endpoint::{Access, Api};
use crate::page::PageParams;
use crate::params::Params;
use crate::reply::{Object, Reply, ok, ok_page, ok_with};
use gantry_chat::admin;
use gantry_model::setting::Editor;
use gantry_model::{Error, Permission, SettingId};
use serde::Serialize;
use serde_json::Value;

pub(crate) fn endpoints(api: &mut Api) {
    api.get("settings.public", Access::Anyone, public)
        .about("Lists the settings that clients need to know.")
        .since("0.46.0")
        .answers("settings", "[Setting]");
    api.get("settings.oauth", Access::Anyone, oauth)
        .about("Lists the login services of other providers.")
        .since("0.63.0")
        .answers("services", "[object]");
    api.get("settings", Access::Accounts, list)
        .names(Permission::ViewPrivilegedSetting)
        .about("Lists settings; those that are not public only for who may see them.")
        .since("0.42.0")
        .answers("settings", "[Setting]");
    api.post("settings", Access::Administer, change_many)
        .names(Permission::EditPrivilegedSetting)
        .two_factor()
        .about("Changes several settings at once: all or none.")
        .since("8.6.0");
    api.get("settings/:_id", Access::Administer, get)
        .permission(Permission::ViewPrivilegedSetting)
        .about("Tells the value of a setting.")
        .since("0.42.0")
        .answers("_id", "string")
        .answers("value", "any");
    api.post("settings/:_id", Access::Administer, change)
        .names(Permission::EditPrivilegedSetting)
        .two_factor()
        .about("Changes a setting.")
        .since("0.42.0");
}

#[derive(Params)]
struct PublicQuery {
    /// Only these settings, separated by commas.
    #[params(rename = "_id")]
    ids: Option<String>,
    #[params(flatten)]
    page: PageParams,
}

async fn public(visit: Visit, query: PublicQuery) -> Reply {
    let settings = visit.chat.settings();
    let wanted: Option<Vec<&str>> = query.ids.as_ref().map(|ids| ids.split(',').map(str::trim).collect());
    let chosen = |id: &str| wanted.as_ref().is_none_or(|wanted| wanted.contains(&id));
    let all: Vec<_> = settings.public().filter(|setting| chosen(setting.id)).collect();
    Ok(slice("settings", &all, &query.page, &visit))
}

/// The asked-for part of a list that is in memory.
fn slice<T: Serialize>(key: &str, all: &[T], page: &PageParams, visit: &Visit) -> crate::reply::Answer {
    let page = page.page(&visit.page_limits());
    let from = usize::try_from(page.offset).unwrap_or(usize::MAX).min(all.len());
    let count = page.count.map_or(all.len(), |count| usize::try_from(count).unwrap_or(usize::MAX));
    let to = from.saturating_add(count).min(all.len());
    ok_page(key, &all[from..to], page, i64::try_from(all.len()).unwrap_or(i64::MAX))
}

async fn oauth(_: Visit, (): ()) -> Reply {
    // No login service of another provider can be set up yet, so there is none.
    Ok(ok_with("services", &[(); 0]))
}

#[derive(Params)]
struct ListQuery {
    /// Tell the defaults, too.
    #[params(default = false)]
    include_defaults: bool,
    #[params(flatten)]
    page: PageParams,
}

async fn list(call: Call, query: ListQuery) -> Reply {
    let settings = call.chat().settings();
    let everything = admin::may_read_settings(&call);
    let public: std::collections::HashSet<&str> = settings.public().map(|setting| setting.id).collect();
    let all: Vec<_> =
        settings.rows(query.include_defaults).filter(|row| everything || public.contains(row.id)).collect();
    Ok(slice("settings", &all, &query.page, call.visit()))
}

#[derive(Params)]
struct OneSetting {
    /// The setting's name.
    #[params(rename = "_id")]
    id: SettingId,
}

async fn get(call: Call, query: OneSetting) -> Reply {
    let settings = call.chat().settings();
    let summary = settings.summary(query.id.as_str());
    let summary = summary.ok_or_else(|| Error::text(format!("There is no setting \"{}\"", query.id)))?;
    Ok(Object::new().with("_id", summary.id).with("value", &summary.value).success())
}

#[derive(Params)]
struct Change {
    #[params(rename = "_id")]
    id: SettingId,
    /// The new value, of the setting's own type.
    value: Value,
    /// How a colour was entered: `color` or `expression`.
    #[params(choices("color", "expression"))]
    editor: Option<String>,
}

async fn change(call: Call, body: Change) -> Reply {
    let editor = body.editor.map(|editor| if editor == "color" { Editor::Color } else { Editor::Expression });
    admin::change_setting(&call, body.id, body.value, editor).await?;
    Ok(ok())
}

#[derive(Params)]
#[params(strict)]
struct OneChange {
    #[params(rename = "_id")]
    id: SettingId,
    /// The new value, of the setting's own type.
    value: Value,
}

#[derive(Params)]
#[params(strict)]
struct Changes {
    /// What to change.
    #[params(min_items = 1)]
    settings: Vec<OneChange>,
}

async fn change_many(call: Call, body: Changes) -> Reply {
    let changes = body.settings.into_iter().map(|change| (change.id, change.value)).collect();
    admin::change_settings(&call, changes).await?;
    Ok(ok())
}
