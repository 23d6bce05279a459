//! `users.*`, and the user that other families' calls name.

use crate::call::Call;
use crate::params::Params;
use gantry_chat::users::{self, UserRef};
use gantry_model::{Error, Result, User, UserId};

/// `userId`, `username` or `user`: the first that is there decides.
#[derive(Clone, Debug, Params)]
pub(crate) struct UserKey {
    /// The user's `_id`.
    user_id: Option<UserId>,
    /// The user's name, in any case.
    username: Option<String>,
    /// The same as `username`.
    user: Option<String>,
}

impl UserKey {
    /// The user with this `_id`.
    pub(crate) fn of_id(id: UserId) -> Self {
        Self { user_id: Some(id), username: None, user: None }
    }

    /// What it names; nothing when all are missing or blank.
    pub(crate) fn as_ref(&self) -> Option<UserRef> {
        let text = |text: &Option<String>| text.as_ref().filter(|text| !text.trim().is_empty()).cloned();
        match &self.user_id {
            Some(id) if !id.as_str().trim().is_empty() => Some(UserRef::Id(id.clone())),
            _ => text(&self.username).or_else(|| text(&self.user)).map(UserRef::Username),
        }
    }
}

/// The account a call names.
///
/// # Errors
/// `error-user-param-not-provided`, `error-invalid-user`, and a plain `Invalid user` for one without a user name.
pub(crate) async fn find_user(call: &Call, key: &UserKey) -> Result<User> {
    let missing = || {
        Error::new("error-user-param-not-provided", "The required \"userId\" or \"username\" param was not provided")
    };
    let user = users::find(call, key.as_ref().ok_or_else(missing)?).await?;
    let user = user.ok_or_else(|| {
        let text = "The required \"userId\" or \"username\" param provided does not match any users";
        Error::new("error-invalid-user", text)
    })?;
    if user.username.is_none() {
        return Err(Error::text("Invalid user"));
    }
    Ok(user)
}
