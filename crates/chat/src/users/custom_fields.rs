//! Fields of accounts that the administrator defined in `Accounts_CustomFields`.

use gantry_model::{Error, Result, Settings};
use serde_json::{Map, Value, json};

/// The longest text of a field whose definition names no length, in characters.
const LONGEST: u64 = 1_000;
/// The most bytes of fields that nothing defines.
const LARGEST: usize = 8 * 1_024;

/// The definitions: name → what it must be like. Text that is no JSON object defines none.
fn definitions(settings: &Settings) -> Map<String, Value> {
    serde_json::from_str(settings.text("Accounts_CustomFields")).unwrap_or_default()
}

/// Checks the fields of a new account against the definitions. Fields that nothing defines are dropped, or kept for a
/// caller who may define what they like, within limits.
///
/// # Errors
/// `error-user-registration-custom-field`.
pub(super) fn accept(
    settings: &Settings,
    sent: Option<Map<String, Value>>,
    keep_others: bool,
) -> Result<Option<Map<String, Value>>> {
    let Some(sent) = sent else { return Ok(None) };
    let defined = definitions(settings);
    for (name, rule) in &defined {
        check(name, rule, sent.get(name))?;
    }
    let too_large = serde_json::to_string(&sent).map_or(0, |text| text.len()) > LARGEST;
    let others = keep_others && !too_large;
    let kept: Map<_, _> = sent.into_iter().filter(|(name, _)| others || defined.contains_key(name)).collect();
    Ok((!kept.is_empty()).then_some(kept))
}

fn check(name: &str, rule: &Value, value: Option<&Value>) -> Result<()> {
    let text = match value {
        Some(Value::String(text)) => text.trim(),
        None | Some(Value::Null) => "",
        Some(_) => return Err(refused(format!("Value for field {name} is invalid"))),
    };
    let limit = |key: &str| rule.get(key).and_then(Value::as_u64);
    let required = rule.get("required").and_then(Value::as_bool).unwrap_or(false);
    if text.is_empty() {
        return if required { Err(refused(format!("Field {name} is required"))) } else { Ok(()) };
    }
    let options = rule.get("options").and_then(Value::as_array);
    let select = rule.get("type").is_some_and(|kind| kind == "select");
    if select && !options.is_some_and(|options| options.iter().any(|option| option == text)) {
        return Err(refused(format!("Value for field {name} is invalid")));
    }
    let length = text.chars().count() as u64;
    let longest = limit("maxLength").unwrap_or(LONGEST);
    if length > longest {
        return Err(refused(format!("Max length of field {name} {longest}")));
    }
    match limit("minLength") {
        Some(shortest) if length < shortest => Err(refused(format!("Min length of field {name} {shortest}"))),
        _ => Ok(()),
    }
}

fn refused(text: String) -> Error {
    Error::new("error-user-registration-custom-field", text).with_details(json!({ "method": "registerUser" }))
}

/// Those of an account's fields that a caller may see: all, or the ones defined as public.
pub(super) fn visible(
    settings: &Settings,
    fields: Option<&Map<String, Value>>,
    all: bool,
) -> Option<Map<String, Value>> {
    let fields = fields?;
    if all {
        return Some(fields.clone());
    }
    let defined = definitions(settings);
    let public = |name: &String| defined.get(name).is_some_and(|rule| rule.get("public") == Some(&Value::Bool(true)));
    let seen: Map<_, _> =
        fields.iter().filter(|(name, _)| public(name)).map(|(name, value)| (name.clone(), value.clone())).collect();
    (!seen.is_empty()).then_some(seen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use gantry_model::{Millis, SettingBase, SettingChange, SettingId};

    fn settings() -> Settings {
        let rules = json!({
            "role": {"type": "select", "options": ["dev", "ops"], "required": true, "public": true},
            "motto": {"type": "text", "minLength": 2, "maxLength": 4},
        });
        let change = SettingChange { value: rules.to_string().into(), editor: None, updated_at: Millis(1) };
        Settings::new(SettingBase::new(Millis(1)), [(SettingId::new("Accounts_CustomFields"), change)])
    }

    fn sent(fields: Value) -> Option<Map<String, Value>> {
        fields.as_object().cloned()
    }

    #[test]
    fn definitions_rule() {
        let text = |fields: Value| accept(&settings(), sent(fields), false).unwrap_err().reason().to_owned();
        assert_eq!(text(json!({})), "Field role is required");
        assert_eq!(text(json!({"role": "boss"})), "Value for field role is invalid");
        assert_eq!(text(json!({"role": {"$ne": ""}})), "Value for field role is invalid");
        assert_eq!(text(json!({"role": "dev", "motto": "x"})), "Min length of field motto 2");
        assert_eq!(text(json!({"role": "dev", "motto": "xxxxx"})), "Max length of field motto 4");
    }

    #[test]
    fn only_what_is_defined_is_kept() {
        let fields = sent(json!({"role": "dev", "extra": 1}));
        assert_eq!(accept(&settings(), fields.clone(), false).unwrap(), sent(json!({"role": "dev"})));
        assert_eq!(accept(&settings(), fields.clone(), true).unwrap(), fields);
        let huge = sent(json!({"role": "dev", "extra": "x".repeat(LARGEST)}));
        assert_eq!(accept(&settings(), huge, true).unwrap(), sent(json!({"role": "dev"})));
        assert_eq!(accept(&settings(), None, false).unwrap(), None);
    }

    #[test]
    fn strangers_see_public_ones() {
        let fields = sent(json!({"role": "dev", "motto": "xx"}));
        assert_eq!(visible(&settings(), fields.as_ref(), false), sent(json!({"role": "dev"})));
        assert_eq!(visible(&settings(), fields.as_ref(), true), fields);
    }
}
