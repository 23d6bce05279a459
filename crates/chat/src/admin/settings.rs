//! Changing settings.

use crate::Caller;
use gantry_model::event::{Event, Key};
use gantry_model::setting::{Accepted, Editor, definition};
use gantry_model::{Error, Permission, Result, SettingChange, SettingId};
use gantry_store::{AuditEntry, Tx};
use serde_json::{Value, json};

/// Changes one setting.
///
/// In order: the caller may edit it (`error-action-not-allowed`): `edit-privileged-setting`, or `manage-selected-settings`
/// with the setting's own permission; the value fits ([`gantry_model::Settings::accept`]'s errors).
///
/// # Errors
/// As above.
pub async fn change_setting(cx: &Caller, id: SettingId, value: Value, editor: Option<Editor>) -> Result<()> {
    cx.write([Key::Server], move |me, tx| {
        if !may_edit(me, &id) {
            let details = json!({ "method": "saveSetting", "settingId": id });
            return Err(Error::new("error-action-not-allowed", "Editing settings is not allowed").with_details(details));
        }
        store(me, tx, &id, &value, editor)
    })
    .await
}

/// Changes several settings: all of them, or none.
///
/// # Errors
/// As [`change_setting`]; `details.settingIds` names those that may not be edited.
pub async fn change_settings(cx: &Caller, changes: Vec<(SettingId, Value)>) -> Result<()> {
    cx.write([Key::Server], move |me, tx| {
        let refused: Vec<&SettingId> = changes.iter().map(|(id, _)| id).filter(|id| !may_edit(me, id)).collect();
        if !refused.is_empty() {
            let details = json!({ "method": "saveSettings", "settingIds": refused });
            return Err(Error::new("error-action-not-allowed", "Editing settings is not allowed").with_details(details));
        }
        changes.iter().try_for_each(|(id, value)| store(me, tx, id, value, None))
    })
    .await
}

/// Whether the caller may see settings that are not public.
pub fn may_read_settings(cx: &Caller) -> bool {
    cx.has(Permission::ViewPrivilegedSetting)
}

/// Whether the caller may see this setting though it is not public: who may see or edit all of them, or edit this one.
pub fn may_read_setting(cx: &Caller, id: &str) -> bool {
    may_read_settings(cx) || may_edit(cx, &SettingId::new(id))
}

/// Whether the caller is told the exact release, and what the server runs on.
pub fn may_see_details(cx: &Caller) -> bool {
    cx.has(Permission::ViewStatistics)
}

fn may_edit(me: &Caller, id: &SettingId) -> bool {
    let selected = || {
        let permissions = me.chat().permissions();
        me.has(Permission::ManageSelectedSettings) && permissions.setting_granted(id.as_str(), &me.user().roles)
    };
    me.has(Permission::EditPrivilegedSetting) || selected()
}

fn store(me: &Caller, tx: &mut Tx<'_>, id: &SettingId, value: &Value, editor: Option<Editor>) -> Result<()> {
    let settings = me.chat().settings();
    let Accepted::Value(value) = settings.accept(id.as_str(), value)? else { return Ok(()) };
    let shown = definition(id.as_str()).map(|definition| definition.shown(&value));
    let change = SettingChange { value, editor, updated_at: tx.stamp() };
    tx.grants().set_setting(id, &change)?;
    tx.audit().record(&AuditEntry {
        uid: Some(me.id().clone()),
        ip: Some(me.origin().ip.to_string()),
        act: "setting.changed",
        target: Some(id.to_string()),
        details: json!({ "value": shown }),
    })?;
    tx.emit(Key::Server, Event::SettingChanged { id: id.clone(), change: Some(change) });
    Ok(())
}
