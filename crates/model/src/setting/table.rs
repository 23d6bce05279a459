//! The values in force.

use super::definition::position;
use super::{Hot, Overrides, SettingDef, SettingKind, accept, definitions};
use crate::{Capabilities, Millis, SettingId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;
use std::sync::Arc;

/// What the values of settings rest on, fixed while the process runs.
#[derive(Clone, Debug)]
pub struct SettingBase {
    /// `_updatedAt` of what was never changed: when this version's definitions came into force here.
    pub since: Millis,
    /// The value of `uniqueID`, made at install.
    pub unique_id: String,
    /// `Site_Url` until an administrator sets it.
    pub site_url: String,
    /// `Accounts_RegistrationForm_SecretURL` until an administrator sets it, made at install.
    pub registration_secret: String,
    /// There has been an administrator: the set-up wizard has nothing left to do.
    pub administered: bool,
    /// What the configuration fixes.
    pub overrides: Overrides,
    /// What this server offers.
    pub capabilities: Capabilities,
}

impl SettingBase {
    /// A base with nothing but an instant, and with the capabilities of this version.
    pub fn new(since: Millis) -> Self {
        Self {
            since,
            unique_id: String::new(),
            site_url: String::new(),
            registration_secret: String::new(),
            administered: true,
            overrides: Overrides::default(),
            capabilities: Capabilities::built(),
        }
    }

    fn default_of(&self, one: &SettingDef) -> Value {
        match one.id {
            "uniqueID" => self.unique_id.as_str().into(),
            "Site_Url" => self.site_url.trim_end_matches('/').into(),
            "Accounts_RegistrationForm_SecretURL" => self.registration_secret.as_str().into(),
            "Show_Setup_Wizard" if !self.administered => "pending".into(),
            _ => one.default(),
        }
    }
}

/// How a colour was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Editor {
    /// As a colour.
    Color,
    /// As an expression.
    Expression,
}

/// What was changed about one setting.
#[derive(Clone, PartialEq)]
pub struct SettingChange {
    /// Its value, as [`Settings::accept`] returned it.
    pub value: Value,
    /// How it was entered, for colours.
    pub editor: Option<Editor>,
    /// When it was changed.
    pub updated_at: Millis,
}

/// Without the value: it may be a secret.
impl fmt::Debug for SettingChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SettingChange").field("updated_at", &self.updated_at).finish_non_exhaustive()
    }
}

/// One setting's state; stands at its definition's place.
#[derive(Clone)]
pub(super) struct Entry {
    pub(super) value: Value,
    pub(super) editor: Option<Editor>,
    pub(super) updated_at: Millis,
}

/// All settings in force. Immutable; a change makes a new one.
#[derive(Clone)]
pub struct Settings {
    base: Arc<SettingBase>,
    entries: Vec<Entry>,
    hot: Arc<Hot>,
}

/// Without values: they may be secrets.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").field("base", &self.base).finish_non_exhaustive()
    }
}

impl Settings {
    /// Lays what is stored over the definitions, and the configuration and the capabilities over both.
    ///
    /// Stored settings that this version does not know, or whose value it cannot take, keep their default.
    pub fn new(base: SettingBase, stored: impl IntoIterator<Item = (SettingId, SettingChange)>) -> Self {
        let entries = definitions().iter().map(|one| entry(&base, one, None)).collect();
        let mut all = Self { base: Arc::new(base), entries, hot: Arc::default() };
        for (id, change) in stored {
            all.put(id.as_str(), Some(change));
        }
        all.hot = Arc::new(Hot::new(&all));
        all
    }

    /// The settings after one more change; `None` takes a setting back to its default.
    #[must_use]
    pub fn with(&self, id: &str, change: Option<SettingChange>) -> Self {
        let mut after = self.clone();
        after.put(id, change);
        after.hot = Arc::new(Hot::new(&after));
        after
    }

    fn put(&mut self, id: &str, change: Option<SettingChange>) {
        if let Some(at) = position(id) {
            self.entries[at] = entry(&self.base, &definitions()[at], change);
        }
    }

    pub(super) fn entry(&self, id: &str) -> Option<(&'static SettingDef, &Entry)> {
        position(id).map(|at| (&definitions()[at], &self.entries[at]))
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = (&'static SettingDef, &Entry)> {
        definitions().iter().zip(&self.entries)
    }

    pub(super) fn base(&self) -> &SettingBase {
        &self.base
    }

    /// What this server offers.
    pub fn capabilities(&self) -> Capabilities {
        self.base.capabilities
    }

    /// Whether the configuration fixes this setting.
    pub fn is_overridden(&self, id: &str) -> bool {
        self.base.overrides.get(id).is_some()
    }

    /// Settings that the configuration fixes to a value which they do not get, because the feature is not offered.
    pub fn denied_overrides(&self) -> impl Iterator<Item = &'static str> {
        let denied = |one: &&SettingDef| {
            self.base.overrides.get(one.id).is_some_and(|it| is_off(&self.base, one) && *it != one.off())
        };
        definitions().iter().filter(denied).map(|one| one.id)
    }

    /// The settings that are asked for on every message, in their own types.
    pub fn hot(&self) -> &Hot {
        &self.hot
    }

    /// The value of a setting, secrets included; for use inside only.
    pub fn value(&self, id: &str) -> Option<&Value> {
        self.entry(id).map(|(_, entry)| &entry.value)
    }

    /// The value of a [`SettingKind::Boolean`]; false when there is none of that name.
    pub fn bool(&self, id: &str) -> bool {
        self.known(id).and_then(Value::as_bool).unwrap_or_default()
    }

    /// The value of a setting that is a whole number; 0 when there is none of that name.
    pub fn int(&self, id: &str) -> i64 {
        self.known(id).and_then(Value::as_i64).unwrap_or_default()
    }

    /// The value of a setting that is a text, secrets included; empty when there is none of that name.
    pub fn text(&self, id: &str) -> &str {
        self.known(id).and_then(Value::as_str).unwrap_or_default()
    }

    /// The items of a [`SettingKind::MultiSelect`], or of a text with commas between them.
    pub fn list(&self, id: &str) -> Vec<&str> {
        match self.known(id) {
            Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
            Some(Value::String(text)) => text.split(',').map(str::trim).filter(|item| !item.is_empty()).collect(),
            _ => Vec::new(),
        }
    }

    fn known(&self, id: &str) -> Option<&Value> {
        let value = self.value(id);
        debug_assert!(value.is_some(), "there is no setting {id}");
        value
    }
}

/// Whether the setting has its off value because its feature is not offered.
pub(super) fn is_off(base: &SettingBase, one: &SettingDef) -> bool {
    one.requires.is_some_and(|needed| !base.capabilities.has(needed))
}

fn entry(base: &SettingBase, one: &SettingDef, change: Option<SettingChange>) -> Entry {
    let fits = |value: &Value| one.kind == SettingKind::Asset || accept::typed(one, value).is_ok();
    let stored = change.filter(|change| fits(&change.value));
    let editor = stored.as_ref().and_then(|change| change.editor);
    let updated_at = stored.as_ref().map_or(base.since, |change| change.updated_at);
    let value = if is_off(base, one) {
        one.off()
    } else {
        let fixed = base.overrides.get(one.id).cloned();
        fixed.or_else(|| stored.map(|change| change.value)).unwrap_or_else(|| base.default_of(one))
    };
    Entry { value, editor, updated_at }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Capability;
    use serde_json::json;

    fn base() -> SettingBase {
        SettingBase { unique_id: "u1".into(), site_url: "http://localhost:3000/".into(), ..SettingBase::new(Millis(1)) }
    }

    fn change(value: Value) -> SettingChange {
        SettingChange { value, editor: None, updated_at: Millis(7) }
    }

    fn stored<const N: usize>(values: [(&str, Value); N]) -> [(SettingId, SettingChange); N] {
        values.map(|(id, value)| (SettingId::new(id), change(value)))
    }

    fn fixing(id: &str, text: &str) -> SettingBase {
        SettingBase { overrides: Overrides::read([(id, text.to_owned())]).unwrap(), ..base() }
    }

    #[test]
    fn defaults_are_in_force_until_changed() {
        let settings = Settings::new(base(), []);
        assert_eq!(settings.int("Message_MaxAllowedSize"), 5000);
        assert_eq!(settings.text("uniqueID"), "u1");
        assert_eq!(settings.text("Site_Url"), "http://localhost:3000");
        assert_eq!(settings.text("Show_Setup_Wizard"), "completed");
        let unadministered = Settings::new(SettingBase { administered: false, ..base() }, []);
        assert_eq!(unadministered.text("Show_Setup_Wizard"), "pending");
        let changed = settings.with("Message_MaxAllowedSize", Some(change(json!(10))));
        assert_eq!((changed.int("Message_MaxAllowedSize"), changed.hot().message.max_size), (10, 10));
        assert_eq!(changed.with("Message_MaxAllowedSize", None).int("Message_MaxAllowedSize"), 5000);
    }

    #[test]
    fn stored_values_that_do_not_fit_are_passed_over() {
        let stored = stored([("Message_MaxAllowedSize", json!("many")), ("Gone_With_The_Wind", json!(1))]);
        assert_eq!(Settings::new(base(), stored).int("Message_MaxAllowedSize"), 5000);
    }

    #[test]
    fn the_configuration_wins_and_fixes() {
        let settings = Settings::new(fixing("Site_Name", "Fixed"), stored([("Site_Name", json!("Stored"))]));
        assert_eq!(settings.text("Site_Name"), "Fixed");
        assert_eq!(settings.with("Site_Name", Some(change(json!("New")))).text("Site_Name"), "Fixed");
        let error = settings.accept("Site_Name", &json!("New")).unwrap_err();
        assert_eq!(error.reason(), "Site_Name is fixed by the configuration of the server");
    }

    #[test]
    fn what_is_not_built_is_off_whoever_asks() {
        let settings = Settings::new(fixing("FileUpload_Enabled", "true"), stored([("Threads_enabled", json!(true))]));
        assert!(!settings.bool("FileUpload_Enabled") && !settings.bool("Threads_enabled"));
        assert!(
            !settings.bool("Accounts_TwoFactorAuthentication_By_TOTP_Enabled") && !settings.bool("Livechat_enabled")
        );
        assert_eq!(settings.denied_overrides().collect::<Vec<_>>(), ["FileUpload_Enabled"]);
    }

    #[test]
    fn no_switch_claims_what_is_not_built() {
        const SWITCHES: &[&str] = &[
            "API_Embed",
            "Accounts_AllowUserAvatarChange",
            "Accounts_EmailVerification",
            "Accounts_OAuth_Google",
            "Accounts_PasswordReset",
            "Accounts_TwoFactorAuthentication_By_Email_Enabled",
            "Accounts_iframe_enabled",
            "AutoTranslate_Enabled",
            "CAS_enabled",
            "CROWD_Enable",
            "Canned_Responses_Enable",
            "Discussion_enabled",
            "E2E_Enable",
            "FEDERATION_Enabled",
            "Federation_Matrix_enabled",
            "Federation_Service_Enabled",
            "FileUpload_Enabled_Direct",
            "LDAP_Enable",
            "Livechat_enabled",
            "MapView_Enabled",
            "Message_AllowPinning",
            "Message_AudioRecorderEnabled",
            "Message_Read_Receipt_Enabled",
            "Message_VideoRecorderEnabled",
            "OTR_Enable",
            "Outlook_Calendar_Enabled",
            "Push_enable",
            "Push_enable_gateway",
            "RetentionPolicy_Enabled",
            "SAML_Custom_Default",
            "SMS_Enabled",
            "SlackBridge_Enabled",
            "Statistics_reporting",
            "Threads_enabled",
            "Update_EnableChecker",
            "VideoConf_Enable_Channels",
            "VideoConf_Enable_DMs",
            "VoIP_Enabled",
            "WebRTC_Enabled",
            "Webdav_Integration_Enabled",
        ];
        let settings = Settings::new(SettingBase { capabilities: Capabilities::none(), ..base() }, []);
        for id in SWITCHES {
            assert_eq!(settings.value(id), Some(&json!(false)), "{id}");
        }
    }

    #[test]
    fn a_capability_lets_the_default_through() {
        let capabilities = Capabilities::none().with(Capability::FileUpload);
        let settings = Settings::new(SettingBase { capabilities, ..base() }, []);
        assert!(settings.bool("FileUpload_Enabled"));
        assert!(settings.accept("FileUpload_Enabled", &json!(true)).is_ok());
        assert!(!settings.bool("Push_enable"));
    }

    #[test]
    fn lists_are_read_from_both_spellings() {
        let settings = Settings::new(base(), stored([("Hide_System_Messages", json!(["uj", "ul"]))]));
        assert_eq!(settings.list("Hide_System_Messages"), ["uj", "ul"]);
        assert_eq!(settings.list("Accounts_SystemBlockedUsernameList").len(), 4);
    }

    #[test]
    fn debug_tells_no_value() {
        let settings = Settings::new(base(), stored([("SMTP_Password", json!("hunter2"))]));
        assert_eq!(settings.text("SMTP_Password"), "hunter2");
        assert!(!format!("{settings:?} {:?}", change(json!("hunter2"))).contains("hunter2"));
    }
}
