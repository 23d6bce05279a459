//! Logging in: passwords, tokens, who is calling.
//!
//! A secret never leaves this module but for the plain token of a login that has just been made: passwords are kept as
//! argon2id hashes ([`passwords`]), tokens as hashes of their own ([`tokens`]).

mod credentials;
mod factor;
mod login;
mod passwords;
mod personal;
mod policy;
mod proof;
mod session;
mod setup;
mod throttle;
mod tokens;

pub use credentials::{Credentials, Who};
pub(crate) use factor::Remembered;
pub use factor::{Factor, second_factor};
pub(crate) use login::issue;
pub use login::{LoggedIn, Way, login};
pub use passwords::{Digest, hash_password};
pub(crate) use passwords::{Hashing, allowed_password};
pub use personal::{PersonalTokenDoc, make_personal, personal, remove_personal, renew_personal};
pub use policy::{PolicyDoc, check_password, password_policy};
pub(crate) use proof::{Proved, fresh_password, prove, prove_factor, stored_password, wrong_proof};
pub use session::{
    Renewed, another_token, authenticate, caller_for, end_overdue, log_out, logout, logout_others, remove_others,
};
pub(crate) use session::{end_all, end_others, has_ended, renewed};
pub(crate) use setup::{FirstAdmin, first_admin, is_administered, mark_administered};
pub use setup::{is_at_home, setup_token};
pub(crate) use throttle::Throttle;
