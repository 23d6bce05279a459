//! Settings as clients see them.

use super::table::{Entry, is_off};
use super::{Editor, SettingDef, SettingKind, Settings};
use crate::Millis;
use serde::Serialize;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// A setting as `settings.public`, `public-settings/get` and the events about changes carry it.
#[derive(Clone, Debug, Serialize)]
pub struct SettingSummary<'a> {
    /// Its name.
    #[serde(rename = "_id")]
    pub id: &'static str,
    /// Its value; a secret is withheld.
    pub value: Cow<'a, Value>,
    /// How it is entered, for colours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub editor: Option<Editor>,
    /// Marked as part of a paid plan.
    pub enterprise: bool,
    /// When it last changed; for those who ask for what is newer.
    #[serde(skip)]
    pub updated_at: Millis,
}

/// A setting as the administrators' `settings` lists it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SettingRow<'a> {
    /// Its name.
    #[serde(rename = "_id")]
    pub id: &'static str,
    /// Its value; a secret is withheld.
    pub value: Cow<'a, Value>,
    /// Its default, where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub package_value: Option<Value>,
    /// Marked as part of a paid plan, where defaults are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enterprise: Option<bool>,
}

/// A setting with all that an administrator's page needs.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PrivateSetting<'a> {
    /// Its name.
    #[serde(rename = "_id")]
    pub id: &'static str,
    /// When it last changed.
    #[serde(rename = "_updatedAt")]
    pub updated_at: Millis,
    #[serde(rename = "type")]
    kind: SettingKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Cow<'a, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    package_value: Option<Value>,
    value_source: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    process_env_value: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sorter: Option<i32>,
    public: bool,
    hidden: bool,
    blocked: bool,
    #[serde(rename = "readonly")]
    read_only: bool,
    secret: bool,
    enterprise: bool,
    ts: Millis,
    created_at: Millis,
    #[serde(flatten)]
    extra: Map<String, Value>,
}

impl PrivateSetting<'_> {
    /// Whether the first steps on a new server ask for it.
    pub fn is_in_wizard(&self) -> bool {
        self.extra.contains_key("wizard")
    }

    /// Whether everybody may read it.
    pub fn is_public(&self) -> bool {
        self.public
    }
}

impl Settings {
    /// One setting's summary; `None` for groups, hidden settings and unknown names.
    pub fn summary(&self, id: &str) -> Option<SettingSummary<'_>> {
        self.entry(id).filter(|(one, _)| is_listed(one)).map(summary)
    }

    /// The public settings, in the order of their ids.
    pub fn public(&self) -> impl Iterator<Item = SettingSummary<'_>> {
        self.entries().filter(|(one, _)| one.public && is_listed(one)).map(summary)
    }

    /// Every setting that may be listed, in the order of their ids, with its default if `defaults`.
    pub fn rows(&self, defaults: bool) -> impl Iterator<Item = SettingRow<'_>> {
        let row = move |(one, entry): (&'static SettingDef, _)| SettingRow {
            id: one.id,
            value: shown(one, entry),
            package_value: defaults.then(|| one.shown(&one.default())),
            enterprise: defaults.then_some(one.enterprise),
        };
        self.entries().filter(|(one, _)| is_listed(one)).map(row)
    }

    /// One setting's or group's whole document; `None` for hidden settings and unknown names.
    pub fn private(&self, id: &str) -> Option<PrivateSetting<'_>> {
        self.entry(id).filter(|(one, _)| !one.hidden).map(|(one, entry)| self.whole(one, entry))
    }

    /// The whole documents of settings and groups, in the order of their ids.
    pub fn private_all(&self) -> impl Iterator<Item = PrivateSetting<'_>> {
        self.entries().filter(|(one, _)| !one.hidden).map(|(one, entry)| self.whole(one, entry))
    }

    fn whole<'a>(&'a self, one: &'static SettingDef, entry: &'a Entry) -> PrivateSetting<'a> {
        let fixed = self.base().overrides.get(one.id);
        let valued = one.kind != SettingKind::Group;
        PrivateSetting {
            id: one.id,
            updated_at: entry.updated_at,
            kind: one.kind,
            value: valued.then(|| shown(one, entry)),
            package_value: valued.then(|| one.shown(&one.default())),
            value_source: if fixed.is_some() { "processEnvValue" } else { "packageValue" },
            process_env_value: fixed.map(|value| one.shown(value)),
            group: one.group,
            section: one.section,
            sorter: one.sorter,
            public: one.public,
            hidden: one.hidden,
            blocked: fixed.is_some() || is_off(self.base(), one),
            read_only: one.read_only,
            secret: one.secret,
            enterprise: one.enterprise,
            ts: self.base().since,
            created_at: self.base().since,
            extra: extra(one, entry),
        }
    }
}

fn is_listed(one: &SettingDef) -> bool {
    !one.hidden && one.kind != SettingKind::Group
}

fn summary<'a>((one, entry): (&'static SettingDef, &'a Entry)) -> SettingSummary<'a> {
    SettingSummary {
        id: one.id,
        value: shown(one, entry),
        editor: editor(one, entry),
        enterprise: one.enterprise,
        updated_at: entry.updated_at,
    }
}

fn shown<'a>(one: &SettingDef, entry: &'a Entry) -> Cow<'a, Value> {
    if one.secret { Cow::Owned(one.shown(&entry.value)) } else { Cow::Borrowed(&entry.value) }
}

fn editor(one: &SettingDef, entry: &Entry) -> Option<Editor> {
    (one.kind == SettingKind::Color).then(|| entry.editor.unwrap_or(Editor::Color))
}

/// The definition's own keys: conditions become text, as clients expect, and the label defaults to the name.
fn extra(one: &SettingDef, entry: &Entry) -> Map<String, Value> {
    let mut keys = one.extra();
    for condition in ["enableQuery", "displayQuery"] {
        if let Some(query) = keys.get_mut(condition) {
            *query = Value::String(query.to_string());
        }
    }
    keys.entry("i18nLabel").or_insert_with(|| one.id.into());
    if let Some(editor) = editor(one, entry).and_then(|editor| serde_json::to_value(editor).ok()) {
        keys.insert("editor".into(), editor);
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::super::{Overrides, SettingBase, SettingChange, WITHHELD};
    use super::*;
    use crate::SettingId;
    use crate::wire::{self, Wire};
    use serde_json::json;

    fn settings() -> Settings {
        let fixed = [("LDAP_Authentication_Password", "hunter2"), ("Language", "de")];
        let overrides = Overrides::read(fixed.map(|(id, text)| (id, text.to_owned()))).unwrap();
        let change = |value, editor| SettingChange { value, editor, updated_at: Millis(7) };
        let stored = [
            (SettingId::new("SMTP_Password"), change(json!("hunter2"), None)),
            (SettingId::new("Livechat_title_color"), change(json!("red"), Some(Editor::Expression))),
        ];
        Settings::new(SettingBase { overrides, ..SettingBase::new(Millis(0)) }, stored)
    }

    fn document(id: &str) -> Value {
        serde_json::from_str(&wire::to_string(Wire::Rest, &settings().private(id))).unwrap()
    }

    #[test]
    fn public_ones_are_public_and_sorted() {
        let settings = settings();
        let ids: Vec<_> = settings.public().map(|one| one.id).collect();
        assert!(ids.is_sorted() && ids.len() > 300, "{}", ids.len());
        const LOGIN_PAGE: [&str; 7] = [
            "Accounts_RegistrationForm",
            "Accounts_ShowFormLogin",
            "Layout_Login_Template",
            "Message_MaxAllowedSize",
            "Show_Setup_Wizard",
            "Site_Name",
            "uniqueID",
        ];
        assert!(LOGIN_PAGE.iter().all(|needed| ids.contains(needed)));
        let text = wire::to_string(Wire::Rest, &settings.summary("Message_MaxAllowedSize"));
        assert_eq!(text, r#"{"_id":"Message_MaxAllowedSize","value":5000,"enterprise":false}"#);
    }

    #[test]
    fn no_document_holds_a_secret() {
        let settings = settings();
        let all = [
            wire::to_string(Wire::Rest, &settings.public().collect::<Vec<_>>()),
            wire::to_string(Wire::Rest, &settings.rows(true).collect::<Vec<_>>()),
            wire::to_string(Wire::Ddp, &settings.private_all().collect::<Vec<_>>()),
            wire::to_string(Wire::Ddp, &settings.summary("SMTP_Password")),
        ];
        assert!(all.iter().all(|text| !text.contains("hunter2")));
        assert_eq!(document("SMTP_Password")["value"], WITHHELD);
        assert_eq!(document("CROWD_APP_PASSWORD")["value"], "", "an empty one shows that it is empty");
    }

    #[test]
    fn rows_are_what_administrators_list() {
        let settings = settings();
        let row = |defaults| settings.rows(defaults).find(|one| one.id == "API_CORS_Origin");
        assert_eq!(wire::to_string(Wire::Rest, &row(false)), r#"{"_id":"API_CORS_Origin","value":"*"}"#);
        assert_eq!(
            wire::to_string(Wire::Rest, &row(true)),
            r#"{"_id":"API_CORS_Origin","value":"*","packageValue":"*","enterprise":false}"#
        );
        assert!(settings.rows(false).all(|one| one.id != "Accounts" && one.id != "Cloud_Workspace_License"));
    }

    #[test]
    fn whole_documents_hold_the_definition() {
        let one = document("LDAP_Authentication_Password");
        assert_eq!((&one["valueSource"], &one["blocked"]), (&json!("processEnvValue"), &json!(true)));
        assert_eq!((&one["processEnvValue"], &one["type"]), (&json!(WITHHELD), &json!("password")));
        assert!(one["enableQuery"].is_string());
        let group = document("Accounts");
        assert_eq!(
            (&group["type"], &group["i18nLabel"], group.get("value")),
            (&json!("group"), &json!("Accounts"), None)
        );
        assert_eq!(document("FileUpload_Enabled")["blocked"], true);
        assert_eq!(document("Livechat_title_color")["editor"], "expression");
        assert_eq!(document("Livechat_offline_title_color")["editor"], "color");
        assert_eq!(document("Unread_Count")["values"][0]["key"], "all_messages");
        assert_eq!(document("Cloud_Workspace_License"), Value::Null);
    }
}
