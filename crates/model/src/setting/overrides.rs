//! Settings fixed by the configuration of the process.

use super::accept::Problem;
use super::{SettingDef, SettingKind, accept, definition};
use crate::{Error, Result};
use serde_json::Value;
use std::collections::HashMap;
use std::fmt;

/// Values that the operator fixes by configuration; they win over what is stored and cannot be written.
#[derive(Clone, Default)]
pub struct Overrides {
    values: HashMap<&'static str, Value>,
    unknown: Vec<String>,
}

impl Overrides {
    /// Reads values by setting id, each spelled as a text (from `OVERWRITE_SETTING_<id>`, say).
    ///
    /// Fails with the first one that its setting cannot have; the text says what it can have and does not repeat it.
    pub fn read(fixed: impl IntoIterator<Item = (impl AsRef<str>, String)>) -> Result<Self> {
        let mut all = Self::default();
        for (id, text) in fixed {
            let id = id.as_ref();
            match definition(id).filter(|one| has_value(one)) {
                Some(one) => {
                    let value = accept::typed(one, &spelled(one, text)).map_err(|problem| unfit(id, &problem))?;
                    all.values.insert(one.id, value);
                }
                None => all.unknown.push(id.to_owned()),
            }
        }
        Ok(all)
    }

    /// Names that are no setting of this version: worth a warning.
    pub fn unknown(&self) -> &[String] {
        &self.unknown
    }

    /// The value that is fixed for a setting.
    pub fn get(&self, id: &str) -> Option<&Value> {
        self.values.get(id)
    }
}

fn unfit(id: &str, problem: &Problem) -> Error {
    Error::text(format!("The setting {id} is fixed to a value it cannot have: it must be {}", problem.expected()))
}

/// A list is spelled as JSON or with commas, everything else as its text.
fn spelled(one: &SettingDef, text: String) -> Value {
    match one.kind {
        SettingKind::MultiSelect | SettingKind::RoomPick => serde_json::from_str(&text)
            .unwrap_or_else(|_| text.split(',').map(str::trim).filter(|item| !item.is_empty()).collect()),
        _ => Value::String(text),
    }
}

fn has_value(one: &SettingDef) -> bool {
    !matches!(one.kind, SettingKind::Group | SettingKind::Action | SettingKind::Asset)
}

/// Names only: values may be secrets.
impl fmt::Debug for Overrides {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.values.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read<const N: usize>(fixed: [(&str, &str); N]) -> Result<Overrides> {
        Overrides::read(fixed.map(|(id, text)| (id, text.to_owned())))
    }

    #[test]
    fn reads_each_kind_from_its_text() {
        let all = read([
            ("Site_Name", "Harbour"),
            ("Message_MaxAllowedSize", "20"),
            ("Message_AllowEditing", "false"),
            ("Hide_System_Messages", "uj, ul"),
            ("Nothing", "x"),
        ])
        .unwrap();
        assert_eq!(all.get("Site_Name"), Some(&json!("Harbour")));
        assert_eq!(all.get("Message_MaxAllowedSize"), Some(&json!(20)));
        assert_eq!(all.get("Message_AllowEditing"), Some(&json!(false)));
        assert_eq!(all.get("Hide_System_Messages"), Some(&json!(["uj", "ul"])));
        assert_eq!(all.unknown(), ["Nothing"]);
    }

    #[test]
    fn refuses_what_the_setting_cannot_be() {
        let text = |id, text| read([(id, text)]).unwrap_err().to_string();
        assert_eq!(
            text("Message_AllowEditing", "perhaps"),
            "The setting Message_AllowEditing is fixed to a value it cannot have: it must be true or false"
        );
        assert!(text("Unread_Count", "some").contains("it must be one of all_messages, user_mentions_only"));
        assert!(text("Message_MaxAllowedSize", "many").ends_with("it must be a whole number"));
    }

    #[test]
    fn debug_tells_no_value() {
        let all = read([("SMTP_Password", "hunter2")]).unwrap();
        assert_eq!(format!("{all:?}"), r#"{"SMTP_Password"}"#);
    }
}
