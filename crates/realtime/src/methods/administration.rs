//! Settings, permissions, and what the server has to offer.

use super::table::{Table, Visit};
use super::{Outcome, answer, nothing};
use crate::ejson::Date;
use gantry_chat::{Caller, admin, statistics, streams};
use gantry_model::setting::PrivateSetting;
use gantry_model::{Capability, Millis, capability};
use serde::Serialize;
use serde_json::{Value, json};

pub(super) fn methods(table: &mut Table) {
    table.anyone("public-settings/get", public_settings);
    table.add("private-settings/get", private_settings);
    table.anyone("permissions/get", permissions);
    table.anyone("getSetupWizardParameters", wizard);
    table.add("getStatistics", count);
    table.anyone("license:getModules", modules);
    table.anyone("license:hasLicense", has_module);
    table.anyone("license:getTags", |_: Visit, (): ()| async { nothing() });
    // It is nobody's paid plan.
    table.anyone("license:isEnterprise", |_: Visit, (): ()| async { answer(&false) });
    // Nobody can make any of these yet.
    for empty in ["listCustomSounds", "listCustomUserStatus", "listEmojiCustom"] {
        table.add(empty, |_: Caller, (_,): (Value,)| async { nothing() });
    }
}

/// Everything; or with a date, what changed after it, and what is gone, which is nothing here.
#[derive(Serialize)]
#[serde(untagged)]
enum List<T> {
    All(Vec<T>),
    Changed { update: Vec<T>, remove: [(); 0] },
}

impl<T> List<T> {
    fn of(documents: impl Iterator<Item = (Millis, T)>, since: Option<Date>) -> Self {
        match since {
            None => Self::All(documents.map(|(_, one)| one).collect()),
            Some(Date(since)) => {
                let changed = documents.filter(|(at, _)| *at > since);
                Self::Changed { update: changed.map(|(_, one)| one).collect(), remove: [] }
            }
        }
    }
}

async fn public_settings(visit: Visit, (since,): (Option<Date>,)) -> Outcome {
    let settings = visit.chat.settings();
    answer(&List::of(settings.public().map(|one| (one.updated_at, one)), since))
}

/// Those that the caller may see: none, for most.
async fn private_settings(cx: Caller, (since,): (Option<Date>,)) -> Outcome {
    let settings = cx.chat().settings();
    let some = streams::standing(&cx).concerns(streams::Matter::Settings);
    let all = settings.private_all().filter(|one| some && admin::may_read_setting(&cx, one.id));
    answer(&List::of(all.map(|one| (one.updated_at, one)), since))
}

async fn permissions(visit: Visit, (since,): (Option<Date>,)) -> Outcome {
    let permissions = visit.chat.permissions();
    let documents = permissions.documents(admin::listed_for(visit.caller.as_ref()));
    answer(&List::of(documents.map(|one| (one.updated_at, one)), since))
}

/// Those settings that the caller may see anyway. Registered is a server that got its credentials for the vendor's cloud.
async fn wizard(visit: Visit, (): ()) -> Outcome {
    let settings = visit.chat.settings();
    let caller = visit.caller.as_ref();
    let may_read = |id| caller.is_some_and(|cx| admin::may_read_setting(cx, id));
    let asked = settings.private_all().filter(PrivateSetting::is_in_wizard);
    let asked: Vec<_> = asked.filter(|one| one.is_public() || may_read(one.id)).collect();
    let registered = !settings.text("Cloud_Workspace_Client_Id").is_empty();
    answer(&json!({ "settings": asked, "serverAlreadyRegistered": registered }))
}

async fn count(cx: Caller, _: (Value,)) -> Outcome {
    answer(&statistics::statistics(&cx).await?)
}

fn built() -> impl Iterator<Item = &'static str> {
    capability::BUILT.iter().flat_map(|one: &Capability| one.modules()).copied()
}

async fn modules(_: Visit, (): ()) -> Outcome {
    answer(&built().collect::<Vec<_>>())
}

async fn has_module(_: Visit, (module,): (String,)) -> Outcome {
    answer(&built().any(|one| one == module))
}
