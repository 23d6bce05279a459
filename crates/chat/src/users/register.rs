//! Registering: a stranger makes an account.

use super::make::{self, Draft, Taken};
use super::{custom_fields, names};
use crate::auth::{FirstAdmin, first_admin, is_at_home};
use crate::{Chat, Origin, auth, invites};
use gantry_model::role::builtin;
use gantry_model::{Error, Profile, Result, RoleId, Settings, User};
use gantry_store::Tx;
use serde_json::{Map, Value};
use std::sync::Arc;

/// `details.method` of refusals.
const REGISTER: &str = "registerUser";

/// What somebody registers with.
#[derive(Clone, Default)]
pub struct Registration {
    /// The user name.
    pub username: String,
    /// The display name.
    pub name: Option<String>,
    /// The mail address.
    pub email: String,
    /// The password, plain.
    pub password: String,
    /// What the registration page's secret address ends in, or the token of an invitation into a room.
    pub secret: Option<String>,
    /// The set-up token that the server printed.
    pub setup_token: Option<String>,
    /// Why, for who approves new accounts.
    pub reason: Option<String>,
    /// Fields that the administrator defined.
    pub custom_fields: Option<Map<String, Value>>,
    /// Language tag.
    pub language: Option<String>,
}

/// Makes an account for somebody who is not logged in; it joins the default rooms.
///
/// In order: registration is open (`error-user-registration-disabled`, `error-user-registration-secret`), unless a set-up
/// token is given; the display name and the user name are valid (plain texts); the custom fields fit
/// (`error-user-registration-custom-field`); the password keeps the policy (`error-password-policy-not-met`); the mail
/// address is allowed (`error-invalid-email` and its kin); the set-up token is right (`error-invalid-setup-token`); the user
/// name is not kept back (`error-blocked-username`; the first administrator may be called `admin`) and is free (`Username is
/// already in use`), the address is free (403 `Email already exists.`). Where new accounts await approval, this one does
/// too, unless it is the first administrator's.
///
/// # Errors
/// As above.
pub async fn register(chat: &Chat, new: Registration, origin: &Arc<Origin>) -> Result<Arc<User>> {
    let draft = draft(chat, &new).await?;
    let keys = make::keys(chat).await?;
    let (me, origin, held) = (chat.clone(), origin.clone(), keys.clone());
    let write = move |tx: &mut Tx<'_>| {
        let mut draft = draft.clone();
        let by_place = origin.local && is_at_home(&me);
        let first = first_admin(tx, by_place, new.setup_token.as_deref())?;
        if first != FirstAdmin::ByToken {
            let now = me.now();
            let is_invited = match asked_secret(&me.settings(), &new) {
                Some(secret) => invites::admits(tx, secret, now)?,
                None => false,
            };
            check_open(&me.settings(), new.secret.as_deref(), is_invited)?;
        }
        if first == FirstAdmin::No {
            names::check_blocked(&me.settings(), &draft.username)?;
        }
        match make::taken(tx, &draft)? {
            Some(Taken::Username) => return Err(Error::text("Username is already in use")),
            Some(Taken::Email) => return Err(Error::numbered(403, "Email already exists.")),
            None => {}
        }
        if first != FirstAdmin::No {
            draft.roles.push(RoleId::new(builtin::ADMIN));
            draft.active = true;
        }
        make::insert(&me, tx, &draft, &held, &origin)
    };
    chat.write(keys, write).await
}

/// What can be refused without looking at other accounts; then the password is hashed.
async fn draft(chat: &Chat, new: &Registration) -> Result<Draft> {
    let secret = asked_secret(&chat.settings(), new).map(str::to_owned);
    let is_invited = match secret {
        Some(secret) => invites::is_valid(chat, secret).await?,
        None => false,
    };
    let (email, custom_fields) = check(&chat.settings(), new, is_invited)?;
    let password = auth::hash_password(chat, &new.password).await?;
    let approve = chat.settings().hot().accounts.approve_manually;
    let reason = new.reason.as_deref().map(str::trim).filter(|reason| approve && !reason.is_empty());
    let short = |text: &str| text.chars().take(1_000).collect();
    Ok(Draft {
        username: new.username.clone(),
        name: new.name.as_deref().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned),
        email: Some((email, false)),
        password: Some(password),
        roles: make::default_roles(chat),
        active: !approve,
        status_text: String::new(),
        profile: Profile {
            reason: reason.map(short),
            custom_fields,
            language: new.language.clone().filter(|tag| tag.len() <= 35),
            ..Profile::default()
        },
        join_default_rooms: true,
    })
}

type Accepted = (String, Option<Map<String, Value>>);

/// The secret, where it decides: in place of the registration page's own, an invitation that is good lets somebody in.
fn asked_secret<'a>(settings: &Settings, new: &'a Registration) -> Option<&'a str> {
    let by_secret = settings.text("Accounts_RegistrationForm") == "Secret URL";
    new.secret.as_deref().filter(|secret| by_secret && !secret.is_empty())
}

fn check(settings: &Settings, new: &Registration, is_invited: bool) -> Result<Accepted> {
    if new.setup_token.is_none() {
        check_open(settings, new.secret.as_deref(), is_invited)?;
    }
    if let Some(name) = &new.name {
        names::check_name(name)?;
    }
    if !names::is_username(settings, &new.username) {
        return Err(Error::text("The username provided is not valid"));
    }
    let fields = custom_fields::accept(settings, new.custom_fields.clone(), false)?;
    auth::check_password(settings, &new.password)?;
    Ok((names::check_email(settings, &new.email)?, fields))
}

/// Whether this is what the secret registration address ends in.
pub fn is_registration_secret(settings: &Settings, secret: &str) -> bool {
    let wanted = settings.text("Accounts_RegistrationForm_SecretURL");
    !wanted.is_empty() && super::token::same(secret, wanted)
}

fn check_open(settings: &Settings, secret: Option<&str>, is_invited: bool) -> Result<()> {
    let by_secret = || is_invited || secret.is_some_and(|secret| is_registration_secret(settings, secret));
    match settings.text("Accounts_RegistrationForm") {
        "Disabled" => {
            Err(Error::new("error-user-registration-disabled", "User registration is disabled").in_method(REGISTER))
        }
        "Secret URL" if !by_secret() => {
            let text = "User registration is only allowed via Secret URL";
            Err(Error::new("error-user-registration-secret", text).in_method(REGISTER))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gantry_model::{Millis, SettingBase, SettingChange, SettingId};

    fn settings(form: &str) -> Settings {
        let change = SettingChange { value: form.into(), editor: None, updated_at: Millis(1) };
        let base = SettingBase { registration_secret: "s3cret".into(), ..SettingBase::new(Millis(1)) };
        Settings::new(base, [(SettingId::new("Accounts_RegistrationForm"), change)])
    }

    fn ann() -> Registration {
        Registration {
            username: "ann".into(),
            email: "ann@x.io".into(),
            password: "A better 1 than most!".into(),
            ..Registration::default()
        }
    }

    fn refusal(form: &str, change: fn(&mut Registration)) -> String {
        refusal_of(form, false, change)
    }

    fn refusal_of(form: &str, is_invited: bool, change: fn(&mut Registration)) -> String {
        let mut new = ann();
        change(&mut new);
        check(&settings(form), &new, is_invited).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn the_form_may_be_closed() {
        assert_eq!(refusal("Public", |_| ()), "");
        assert_eq!(refusal("Disabled", |_| ()), "User registration is disabled [error-user-registration-disabled]");
        let by_secret = "User registration is only allowed via Secret URL [error-user-registration-secret]";
        assert_eq!(refusal("Secret URL", |_| ()), by_secret);
        assert_eq!(refusal("Secret URL", |new| new.secret = Some("guess".into())), by_secret);
        assert_eq!(refusal("Secret URL", |new| new.secret = Some("s3cret".into())), "");
    }

    #[test]
    fn who_is_invited_need_not_know_the_secret_and_enters_no_closed_server() {
        assert_eq!(refusal_of("Secret URL", true, |new| new.secret = Some("token".into())), "");
        let closed = "User registration is disabled [error-user-registration-disabled]";
        assert_eq!(refusal_of("Disabled", true, |new| new.secret = Some("token".into())), closed);
    }

    #[test]
    fn a_set_up_token_is_looked_at_later() {
        assert_eq!(refusal("Disabled", |new| new.setup_token = Some("T".into())), "");
    }

    #[test]
    fn names_and_password_come_in_order() {
        assert_eq!(refusal("Public", |new| new.name = Some("<x>".into())), "Name contains invalid characters");
        assert_eq!(refusal("Public", |new| new.username = "a b".into()), "The username provided is not valid");
        assert!(refusal("Public", |new| new.password = "short".into()).ends_with("[error-password-policy-not-met]"));
        assert_eq!(refusal("Public", |new| new.email = "x".into()), "Invalid email x [error-invalid-email]");
    }
}
