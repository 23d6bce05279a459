//! What a new password must be like, by the settings `Accounts_Password_Policy_*`.

use gantry_model::{Error, Result, Settings};
use serde::Serialize;
use serde_json::{Value, json};

const NOT_MET: &str = "error-password-policy-not-met";

/// Refuses a new password that the policy of the settings does not allow, or that is blank or endless.
///
/// # Errors
/// `error-password-policy-not-met`; `details` lists which rules it breaks, each with its own `error` and `message`.
pub fn check_password(settings: &Settings, password: &str) -> Result<()> {
    if password.trim().is_empty() || password.len() > super::passwords::LONGEST {
        return Err(not_met());
    }
    if !settings.bool("Accounts_Password_Policy_Enabled") {
        return Ok(());
    }
    let broken: Vec<Value> = Rules::of(settings).broken(password).map(|(rule, text)| reason(rule, text)).collect();
    if broken.is_empty() { Ok(()) } else { Err(not_met().with_details(Value::Array(broken))) }
}

/// What a new password must be like, in the words that clients translate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PolicyDoc {
    enabled: bool,
    /// Each rule's name, and what it is measured by.
    policy: Vec<Value>,
}

/// The policy in force.
pub fn password_policy(settings: &Settings) -> PolicyDoc {
    let enabled = settings.bool("Accounts_Password_Policy_Enabled");
    PolicyDoc { enabled, policy: if enabled { Rules::of(settings).told() } else { Vec::new() } }
}

pub(super) fn not_met() -> Error {
    Error::new(NOT_MET, "The password provided does not meet the server's password policy.")
}

fn reason(rule: &str, text: &str) -> Value {
    json!({ "error": format!("{NOT_MET}-{rule}"), "message": text })
}

struct Rules {
    shortest: usize,
    longest: usize,
    repeated: usize,
    lowercase: bool,
    uppercase: bool,
    number: bool,
    special: bool,
}

impl Rules {
    fn of(settings: &Settings) -> Self {
        let rule = |name: &str| settings.bool(&format!("Accounts_Password_Policy_{name}"));
        let limit = |name: &str, none: usize| {
            let value = settings.int(&format!("Accounts_Password_Policy_{name}"));
            usize::try_from(value).ok().filter(|&value| value > 0).unwrap_or(none)
        };
        Self {
            shortest: limit("MinLength", 0),
            longest: limit("MaxLength", usize::MAX),
            repeated: if rule("ForbidRepeatingCharacters") {
                limit("ForbidRepeatingCharactersCount", usize::MAX)
            } else {
                usize::MAX
            },
            lowercase: rule("AtLeastOneLowercase"),
            uppercase: rule("AtLeastOneUppercase"),
            number: rule("AtLeastOneNumber"),
            special: rule("AtLeastOneSpecialCharacter"),
        }
    }

    /// The rules in force, as clients are told of them.
    fn told(&self) -> Vec<Value> {
        let named = |name: &str| format!("get-password-policy-{name}");
        let measured = |name: &str, by: usize| json!([named(name), { name: by }]);
        let must = |name: &str| json!([named(name)]);
        let repeats = self.repeated != usize::MAX;
        let table = [
            (self.shortest > 0, measured("minLength", self.shortest)),
            (self.longest != usize::MAX, measured("maxLength", self.longest)),
            (repeats, must("forbidRepeatingCharacters")),
            (repeats, measured("forbidRepeatingCharactersCount", self.repeated)),
            (self.lowercase, must("mustContainAtLeastOneLowercase")),
            (self.uppercase, must("mustContainAtLeastOneUppercase")),
            (self.number, must("mustContainAtLeastOneNumber")),
            (self.special, must("mustContainAtLeastOneSpecialCharacter")),
        ];
        table.into_iter().filter(|(holds, _)| *holds).map(|(_, rule)| rule).collect()
    }

    /// The rules a password breaks, with their texts.
    fn broken(&self, password: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
        let length = password.chars().count();
        let lacks = |wanted: bool, has: fn(char) -> bool| wanted && !password.chars().any(has);
        let table = [
            (length < self.shortest, "minLength", "The password does not meet the minimum length password policy."),
            (length > self.longest, "maxLength", "The password does not meet the maximum length password policy."),
            (
                longest_run(password) > self.repeated,
                "repeatingCharacters",
                "The password contains repeating characters which is against the password policy.",
            ),
            (
                lacks(self.lowercase, |c| c.is_ascii_lowercase()),
                "oneLowercase",
                "The password does not contain at least one lowercase character which is against the password policy.",
            ),
            (
                lacks(self.uppercase, |c| c.is_ascii_uppercase()),
                "oneUppercase",
                "The password does not contain at least one uppercase character which is against the password policy.",
            ),
            (
                lacks(self.number, |c| c.is_ascii_digit()),
                "oneNumber",
                "The password does not contain at least one numerical character which is against the password policy.",
            ),
            (
                lacks(self.special, |c| !c.is_ascii_alphanumeric() && c != ' '),
                "oneSpecial",
                "The password does not contain at least one special character which is against the password policy.",
            ),
        ];
        table.into_iter().filter(|(broken, ..)| *broken).map(|(_, rule, text)| (rule, text))
    }
}

/// How often the most repeated character follows itself, itself included.
fn longest_run(text: &str) -> usize {
    let (mut longest, mut run, mut last) = (0, 0, None);
    for c in text.chars() {
        run = if last == Some(c) { run + 1 } else { 1 };
        last = Some(c);
        longest = longest.max(run);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;
    use gantry_model::{Millis, SettingBase, SettingChange, SettingId};

    fn settings(changes: &[(&str, Value)]) -> Settings {
        let change = |value: &Value| SettingChange { value: value.clone(), editor: None, updated_at: Millis(1) };
        let stored = changes.iter().map(|(id, value)| (SettingId::new(id), change(value)));
        Settings::new(SettingBase::new(Millis(1)), stored)
    }

    fn broken(settings: &Settings, password: &str) -> Vec<String> {
        let error = check_password(settings, password).unwrap_err();
        assert!(error.is(NOT_MET));
        let details = error.details().and_then(Value::as_array).cloned().unwrap_or_default();
        details
            .iter()
            .map(|one| one["error"].as_str().unwrap().trim_start_matches("error-password-policy-not-met-").into())
            .collect()
    }

    #[test]
    fn all_broken_rules_are_told() {
        let policy = settings(&[]);
        assert!(check_password(&policy, "A better 1 than most!").is_ok());
        assert_eq!(broken(&policy, "pass"), ["minLength", "oneUppercase", "oneNumber", "oneSpecial"]);
        assert_eq!(broken(&policy, "AAAA better 1 than most!"), ["repeatingCharacters"]);
        assert!(check_password(&policy, "AAA better 1 than most!").is_ok());
    }

    #[test]
    fn the_rules_in_force_are_told() {
        let told = password_policy(&settings(&[("Accounts_Password_Policy_AtLeastOneNumber", json!(false))]));
        let expected = json!({ "enabled": true, "policy": [
            ["get-password-policy-minLength", { "minLength": 14 }],
            ["get-password-policy-forbidRepeatingCharacters"],
            ["get-password-policy-forbidRepeatingCharactersCount", { "forbidRepeatingCharactersCount": 3 }],
            ["get-password-policy-mustContainAtLeastOneLowercase"],
            ["get-password-policy-mustContainAtLeastOneUppercase"],
            ["get-password-policy-mustContainAtLeastOneSpecialCharacter"],
        ] });
        assert_eq!(serde_json::to_value(told).unwrap(), expected);
        let off = password_policy(&settings(&[("Accounts_Password_Policy_Enabled", json!(false))]));
        assert_eq!(serde_json::to_value(off).unwrap(), json!({ "enabled": false, "policy": [] }));
    }

    #[test]
    fn the_settings_rule() {
        let policy = settings(&[
            ("Accounts_Password_Policy_MinLength", json!(-1)),
            ("Accounts_Password_Policy_MaxLength", json!(6)),
            ("Accounts_Password_Policy_AtLeastOneSpecialCharacter", json!(false)),
        ]);
        assert!(check_password(&policy, "Abc123").is_ok());
        assert_eq!(broken(&policy, "Abc1234"), ["maxLength"]);
        let off = settings(&[("Accounts_Password_Policy_Enabled", json!(false))]);
        assert!(check_password(&off, "x").is_ok());
        assert_eq!(broken(&off, "  "), [""; 0]);
        assert_eq!(broken(&off, &"x".repeat(5_000)), [""; 0]);
    }
}
