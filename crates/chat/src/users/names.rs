//! What a user name, a display name and a mail address must be like.

use gantry_model::{Error, Result, Settings};
use serde_json::json;

/// The longest user name, in characters.
const LONGEST_USERNAME: usize = 120;
/// The longest display name, in characters.
const LONGEST_NAME: usize = 500;
/// The longest mail address, in bytes.
const LONGEST_EMAIL: usize = 254;

/// Whether `UTF8_User_Names_Validation` lets the user name through. A pattern that is none lets through what the usual one
/// does.
pub(super) fn is_username(settings: &Settings, username: &str) -> bool {
    let usual = || username.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    let pattern = format!("^(?:{})$", settings.text("UTF8_User_Names_Validation"));
    let pattern = regex::RegexBuilder::new(&pattern).size_limit(1 << 20).build();
    let short = !username.is_empty() && username.chars().count() <= LONGEST_USERNAME;
    short && pattern.map_or_else(|_| usual(), |pattern| pattern.is_match(username))
}

/// Refuses names that the settings keep back, and those that mean everybody.
///
/// # Errors
/// `error-blocked-username`.
pub(super) fn check_blocked(settings: &Settings, username: &str) -> Result<()> {
    let lists = ["Accounts_BlockedUsernameList", "Accounts_SystemBlockedUsernameList"];
    let mut kept_back = lists.iter().flat_map(|list| settings.list(list)).chain(["all", "here"]);
    let wanted = username.trim().to_lowercase();
    if kept_back.any(|name| name.trim().to_lowercase() == wanted) {
        let details = json!({ "method": "checkUsernameAvailability", "field": username });
        let text = format!("{username} is blocked and can't be used!");
        return Err(Error::new("error-blocked-username", text).with_details(details));
    }
    Ok(())
}

/// Refuses a display name with characters of markup or paths, also as a URL would hide them.
///
/// # Errors
/// A plain text.
pub(super) fn check_name(name: &str) -> Result<()> {
    let dirty = |text: &str| text.contains(['<', '>', '\\', '/']) || text.chars().any(char::is_control);
    let decoded = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
    if dirty(name) || dirty(&decoded) || name.chars().count() > LONGEST_NAME {
        return Err(Error::text("Name contains invalid characters"));
    }
    Ok(())
}

/// A mail address as it is kept, if its form and domain are allowed.
///
/// # Errors
/// `error-invalid-email`, `error-invalid-domain`, `error-email-domain-blacklisted`.
pub(super) fn check_email(settings: &Settings, email: &str) -> Result<String> {
    const FUNCTION: &str = "RocketChat.validateEmailDomain";
    let address = email.trim().to_lowercase();
    let Some(domain) = domain(&address) else {
        let details = json!({ "function": FUNCTION, "email": email });
        return Err(Error::new("error-invalid-email", format!("Invalid email {email}")).with_details(details));
    };
    let refused =
        |id: &'static str, text: &'static str| Err(Error::new(id, text).with_details(json!({ "function": FUNCTION })));
    let lists = |list: &str| settings.list(list).iter().any(|one| one.to_lowercase() == domain);
    if !settings.text("Accounts_AllowedDomainsList").trim().is_empty() && !lists("Accounts_AllowedDomainsList") {
        return refused("error-invalid-domain", "The email domain is not in whitelist");
    }
    if lists("Accounts_BlockedDomainsList") {
        return refused("error-email-domain-blacklisted", "The email domain is blacklisted");
    }
    Ok(address)
}

/// The domain of a plausible address: one `@` with something before it, a name behind it, no blanks or controls.
fn domain(address: &str) -> Option<&str> {
    let (local, domain) = address.rsplit_once('@')?;
    let odd = |c: char| c.is_whitespace() || c.is_control() || "@<>()[],;:\\\"".contains(c);
    let valid_local = !local.is_empty() && local.len() <= 64 && !local.contains(odd);
    let label = |label: &str| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-');
    let valid_domain = domain.split('.').all(label) && !domain.contains(odd);
    (valid_local && valid_domain && address.len() <= LONGEST_EMAIL).then_some(domain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use gantry_model::{Millis, SettingBase, SettingChange, SettingId};

    fn settings(changes: &[(&str, &str)]) -> Settings {
        let change = |text: &str| SettingChange { value: text.into(), editor: None, updated_at: Millis(1) };
        let stored = changes.iter().map(|(id, text)| (SettingId::new(id), change(text)));
        Settings::new(SettingBase::new(Millis(1)), stored)
    }

    #[test]
    fn user_names() {
        let usual = settings(&[]);
        for good in ["ann", "Ann.Lee-2_x", "rocket.cat"] {
            assert!(is_username(&usual, good), "{good}");
        }
        for bad in ["", "ann lee", "ann@x", "änn", "a\0b", "ann\n", &"x".repeat(121)] {
            assert!(!is_username(&usual, bad), "{bad}");
        }
        assert!(is_username(&settings(&[("UTF8_User_Names_Validation", "[a-zä]+|x")]), "änn"));
        assert!(!is_username(&settings(&[("UTF8_User_Names_Validation", "a|b")]), "aXb"));
        assert!(is_username(&settings(&[("UTF8_User_Names_Validation", "(((")]), "ann"));
    }

    #[test]
    fn names_that_are_kept_back() {
        let settings = settings(&[("Accounts_BlockedUsernameList", "root, Boss")]);
        for kept in ["Admin", "all", "here", "ROOT", "boss", "system"] {
            let error = check_blocked(&settings, kept).unwrap_err();
            assert_eq!(error.to_string(), format!("{kept} is blocked and can't be used! [error-blocked-username]"));
        }
        assert!(check_blocked(&settings, "ann").is_ok());
    }

    #[test]
    fn display_names() {
        for good in ["Ann Lee", "安", "100 %", "O'Neil (team)"] {
            assert!(check_name(good).is_ok(), "{good}");
        }
        for bad in ["<b>Ann", "a/b", "a\\b", "%3Cscript%3E", "Ann\r\nBcc: x", &"x".repeat(501)] {
            assert_eq!(check_name(bad).unwrap_err().to_string(), "Name contains invalid characters", "{bad}");
        }
    }

    #[test]
    fn mail_addresses() {
        let usual = settings(&[]);
        assert_eq!(check_email(&usual, " Ann.Lee+x@X.io ").unwrap(), "ann.lee+x@x.io");
        assert_eq!(check_email(&usual, "root@localhost").unwrap(), "root@localhost");
        for bad in ["", "ann", "@x.io", "ann@", "a b@x.io", "ann@x..io", "a@b@x.io", "ann@-x.io", "ann@x.io\r\nBcc: y"]
        {
            let error = check_email(&usual, bad).unwrap_err();
            assert_eq!(error.to_string(), format!("Invalid email {bad} [error-invalid-email]"));
        }
        let lists = settings(&[("Accounts_AllowedDomainsList", "x.io, Y.io"), ("Accounts_BlockedDomainsList", "y.io")]);
        assert!(check_email(&lists, "ann@x.io").is_ok());
        assert!(check_email(&lists, "ann@z.io").unwrap_err().is("error-invalid-domain"));
        assert!(check_email(&lists, "ann@y.io").unwrap_err().is("error-email-domain-blacklisted"));
    }
}
