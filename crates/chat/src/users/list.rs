//! Lists of accounts.

use super::{UserDoc, roles};
use crate::{Caller, Chat};
use gantry_model::{Error, Permission, Result, RoleId, User, UserKind};
use gantry_store::{AccountFilter, AccountOrder};

/// What a list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// User name.
    #[default]
    Username,
    /// Display name.
    Name,
    /// May log in; what is asked for as `status`.
    Active,
    /// When the account was made.
    Created,
    /// Last login.
    LastLogin,
}

impl Sort {
    /// From the field of a document.
    pub fn of_field(field: &str) -> Option<Self> {
        match field {
            "username" => Some(Self::Username),
            "name" | "nameInsensitive" => Some(Self::Name),
            "active" | "status" => Some(Self::Active),
            "createdAt" => Some(Self::Created),
            "lastLogin" => Some(Self::LastLogin),
            _ => None,
        }
    }

    fn order(self) -> AccountOrder {
        match self {
            Self::Username => AccountOrder::Username,
            Self::Name => AccountOrder::Name,
            Self::Active => AccountOrder::Active,
            Self::Created => AccountOrder::Created,
            Self::LastLogin => AccountOrder::LastLogin,
        }
    }
}

/// Which accounts, in which order, from where on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Part of user name or display name, in any case.
    pub text: Option<String>,
    /// Only the one with this mail address; nobody's for who may not see addresses.
    pub email: Option<String>,
    /// Only those who may log in, or may not.
    pub active: Option<bool>,
    /// Only those who ever logged in, or never did.
    pub logged_in: Option<bool>,
    /// Only accounts of this kind.
    pub kind: Option<UserKind>,
    /// Only those who hold one of these global roles; everybody without any.
    pub roles: Vec<RoleId>,
    /// The order.
    pub sort: Sort,
    /// Downwards.
    pub descending: bool,
    /// Accounts to pass over.
    pub offset: u64,
    /// The most accounts; all of them unless said.
    pub count: Option<u64>,
}

/// A page of accounts.
pub struct ListPage {
    /// As the caller may see them.
    pub users: Vec<UserDoc>,
    /// How many match in all.
    pub total: i64,
}

/// Lists accounts.
///
/// In order: `view-d-room` (403); `view-outside-room`, where `API_Apply_permission_view-outside-room_on_users-list` asks
/// for it (403 `unauthorized`). Addresses, roles and logins are shown with `view-full-other-user-info`.
///
/// # Errors
/// As above.
pub async fn list(cx: &Caller, mut listing: Listing) -> Result<ListPage> {
    cx.require(Permission::ViewDRoom)?;
    let outside = cx.chat().settings().bool("API_Apply_permission_view-outside-room_on_users-list");
    if outside && !cx.has(Permission::ViewOutsideRoom) {
        return Err(Error::forbidden());
    }
    let all = cx.has(Permission::ViewFullOtherUserInfo);
    let wanted = !listing.roles.is_empty();
    listing.roles = existing(cx.chat(), &listing.roles);
    let nobody = wanted && listing.roles.is_empty();
    if nobody || (listing.email.is_some() && !all) {
        return Ok(ListPage { users: Vec::new(), total: 0 });
    }
    let (users, total) = part(cx.chat(), listing).await?;
    Ok(ListPage { users: users.iter().map(|user| UserDoc::listed(cx.chat(), user, all)).collect(), total })
}

/// Those roles that there are, each once: nobody holds another, and a database takes only so many at once.
fn existing(chat: &Chat, wanted: &[RoleId]) -> Vec<RoleId> {
    let known = chat.roles();
    let there: Vec<RoleId> = wanted.iter().filter(|role| known.get(role.as_str()).is_some()).cloned().collect();
    roles::distinct(&there)
}

/// Lists accounts for the machine's own command line.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn list_as_server(chat: &Chat, listing: Listing) -> Result<Vec<User>> {
    Ok(part(chat, listing).await?.0)
}

/// Those who may log in, for lists that say who may see them.
pub(crate) async fn active(chat: &Chat, listing: Listing) -> Result<(Vec<User>, i64)> {
    part(chat, Listing { active: Some(true), ..listing }).await
}

pub(super) fn number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

async fn part(chat: &Chat, listing: Listing) -> Result<(Vec<User>, i64)> {
    let Listing { text, email, active, logged_in, kind, roles, sort, descending, offset, count } = listing;
    let filter = AccountFilter { text, active, email, roles, logged_in, kind };
    let (offset, count) = (number(offset), count.map_or(i64::MAX, number));
    chat.read(move |db| db.accounts().page(&filter, (sort.order(), descending), offset, count)).await
}
