//! `users.*`, and the user that other families' calls name.

mod change;

use crate::call::{Call, Visit};
use crate::endpoint::{Access, Api, RateLimit};
use crate::page::{Direction, PageParams};
use crate::params::Params;
use crate::reply::{Object, Reply, ok_page, ok_with};
use gantry_chat::users::{self, Listing, NewUser, Registration, Search, Sort, UserDoc, UserRef};
use gantry_model::{Error, Permission, Result, RoleId, User, UserId, UserKind};
use serde_json::{Map, Value, json};

pub(crate) fn endpoints(api: &mut Api) {
    accounts(api);
    change::endpoints(api);
    about_oneself(api);
}

fn accounts(api: &mut Api) {
    api.post("users.register", Access::Anyone, register)
        .rate(RateLimit::Registration)
        .about("Makes an account for somebody who is not logged in.")
        .since("0.50.0")
        .answers("user", "User");
    api.post("users.create", Access::Administer, create)
        .names(Permission::CreateUser)
        .names(Permission::EditOtherUserActiveStatus)
        .about("Creates an account for somebody.")
        .since("0.40.0")
        .answers("user", "User");
    api.get("users.info", Access::Accounts, info)
        .names(Permission::ViewOtherUserChannels)
        .names(Permission::ViewFullOtherUserInfo)
        .about("Tells about an account.")
        .since("0.35.0")
        .answers("user", "User");
    api.get("users.list", Access::Accounts, list)
        .permission(Permission::ViewDRoom)
        .names(Permission::ViewFullOtherUserInfo)
        .names(Permission::ViewOutsideRoom)
        .about("Lists accounts.")
        .since("0.35.0")
        .answers("users", "[User]");
    api.get("users.listByStatus", Access::Accounts, list_by_status)
        .permission(Permission::ViewDRoom)
        .names(Permission::ViewFullOtherUserInfo)
        .names(Permission::ViewOutsideRoom)
        .about("Lists accounts by whether they may log in, and more.")
        .since("6.8.0")
        .answers("users", "[User]");
    api.post("users.setActiveStatus", Access::Administer, set_active_status)
        .names(Permission::EditOtherUserActiveStatus)
        .names(Permission::ManageModerationActions)
        .about("Lets an account in, or keeps it out.")
        .since("0.75.0")
        .answers("user", "User");
    api.post("users.createToken", Access::Administer, create_token)
        .names(Permission::UserGenerateAccessToken)
        .about("Makes a login token of a user, for programs that know the server's secret.")
        .since("0.56.0")
        .answers("data", "object");
}

fn about_oneself(api: &mut Api) {
    api.get("users.getPreferences", Access::Own, preferences)
        .about("Tells the caller's preferences.")
        .answers("preferences", "object");
    api.post("users.setPreferences", Access::Own, set_preferences)
        .names(Permission::EditOtherUserInfo)
        .about("Changes preferences.")
        .answers("preferences", "object")
        .answers("user", "User");
}

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

    /// The user with this `_id`, or with this name.
    pub(crate) fn of(user_id: Option<UserId>, username: Option<String>) -> Self {
        Self { user_id, username, user: None }
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

/// Body of `users.register`.
#[derive(Params)]
#[params(strict)]
struct RegisterBody {
    /// User name.
    username: String,
    /// Mail address.
    email: String,
    /// Password.
    pass: String,
    /// Display name.
    #[params(nullable)]
    name: String,
    /// What the secret registration address ends in, or an invitation's token, where registration is by these only.
    #[params(rename = "secretURL", alias = "secret")]
    secret_url: Option<String>,
    /// The token that the server prints at its start: who has it becomes the first administrator. Empty: becomes it by being
    /// at the server's own machine, or not at all.
    setup_token: Option<String>,
    /// Why, for who approves new accounts.
    #[params(nullable)]
    reason: Option<String>,
    /// Fields that the administrator defined.
    #[params(nullable)]
    custom_fields: Option<Map<String, Value>>,
    /// `preferences.language` is the new user's.
    settings: Option<RegisterSettings>,
}

#[derive(Params)]
#[params(strict)]
struct RegisterSettings {
    preferences: Option<RegisterPreferences>,
}

#[derive(Params)]
#[params(strict)]
struct RegisterPreferences {
    /// Language tag.
    language: Option<String>,
}

async fn register(visit: Visit, body: RegisterBody) -> Reply {
    if visit.caller.is_some() {
        return Err(Error::text("Logged in users can not register again."));
    }
    let header = visit.header("x-setup-token").map(str::to_owned);
    let new = Registration {
        username: body.username,
        name: Some(body.name).filter(|name| !name.trim().is_empty()),
        email: body.email,
        password: body.pass,
        secret: body.secret_url,
        setup_token: header.filter(|token| !token.is_empty()).or(body.setup_token),
        reason: body.reason,
        custom_fields: body.custom_fields,
        language: body.settings.and_then(|settings| settings.preferences?.language),
    };
    let user = users::register(&visit.chat, new, &visit.origin).await?;
    Ok(ok_with("user", &UserDoc::public(&visit.chat, &user)))
}

/// Body of `users.create`.
#[derive(Params)]
#[params(strict)]
struct CreateBody {
    /// Display name.
    name: String,
    /// Mail address.
    email: String,
    /// Password; blank with `setRandomPassword`.
    password: String,
    /// User name.
    username: String,
    /// May log in.
    #[params(nullable)]
    active: Option<bool>,
    /// What others call the user.
    #[params(nullable)]
    nickname: Option<String>,
    /// About the user.
    #[params(nullable)]
    bio: Option<String>,
    /// Joins the default rooms; unless said, yes.
    #[params(nullable)]
    join_default_channels: Option<bool>,
    /// A line beside the status.
    #[params(nullable)]
    status_text: Option<String>,
    /// Global roles.
    roles: Option<Vec<RoleId>>,
    /// The user must choose another password.
    #[params(nullable)]
    require_password_change: Option<bool>,
    /// The server makes a password up.
    #[params(nullable)]
    set_random_password: Option<bool>,
    /// Without a meaning until the server can send mail.
    #[params(nullable)]
    #[expect(dead_code, reason = "published; no mail is sent yet")]
    send_welcome_email: Option<bool>,
    /// The mail address is taken as verified.
    #[params(nullable)]
    verified: Option<bool>,
    /// Fields that the administrator defined, and others.
    custom_fields: Option<Map<String, Value>>,
    /// Without a meaning.
    #[params(nullable)]
    #[expect(dead_code, reason = "published for older clients, and ignored")]
    fields: Option<String>,
}

async fn create(call: Call, body: CreateBody) -> Reply {
    let new = NewUser {
        username: body.username,
        name: body.name,
        email: Some(body.email),
        verified: body.verified.unwrap_or(false),
        password: Some(body.password),
        random_password: body.set_random_password.unwrap_or(false),
        require_password_change: body.require_password_change.unwrap_or(false),
        roles: body.roles.unwrap_or_default(),
        active: body.active,
        nickname: body.nickname,
        bio: body.bio,
        status_text: body.status_text,
        custom_fields: body.custom_fields,
        join_default_rooms: body.join_default_channels.unwrap_or(true),
    };
    let user = users::create(&call, new).await?;
    Ok(ok_with("user", &UserDoc::created(call.chat(), &user)))
}

/// Query of `users.info`.
#[derive(Params)]
#[params(any_of(userId, username, importId, email, freeSwitchExtension))]
struct InfoQuery {
    /// The user's `_id`.
    user_id: Option<String>,
    /// The user's name, in any case.
    username: Option<String>,
    /// The `_id` in the system the account came from.
    import_id: Option<String>,
    /// A mail address, for who may see addresses.
    email: Option<String>,
    /// An extension of a telephone system; nobody has one.
    free_switch_extension: Option<String>,
    /// `true`: with the rooms the user is in.
    include_user_rooms: Option<String>,
}

impl InfoQuery {
    /// What it looks for. Accounts are neither imported nor connected with telephones yet: those find nobody.
    fn search(&self) -> Result<Search> {
        let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        let by_name = given(&self.user_id).map(Search::Id).or_else(|| given(&self.username).map(Search::Username));
        if let Some(search) = by_name {
            return Ok(search);
        }
        if given(&self.import_id).or_else(|| given(&self.free_switch_extension)).is_some() {
            return Err(Error::text("User not found."));
        }
        given(&self.email).map(Search::Email).ok_or_else(|| Error::text("Invalid search query."))
    }
}

async fn info(call: Call, query: InfoQuery) -> Reply {
    let with_rooms = query.include_user_rooms.as_deref() == Some("true");
    Ok(ok_with("user", &users::info(&call, query.search()?, with_rooms).await?))
}

/// Query of `users.list`.
#[derive(Params)]
struct ListQuery {
    #[params(flatten)]
    page: PageParams,
    /// Only the account with this mail address, for who may see addresses.
    #[params(nullable, min_length = 1)]
    email: Option<String>,
}

async fn list(call: Call, query: ListQuery) -> Reply {
    listed(&call, &query.page, Listing { email: query.email, ..Listing::default() }).await
}

async fn listed(call: &Call, page: &PageParams, listing: Listing) -> Reply {
    let sort = page.sort()?;
    let page = page.page(&call.page_limits());
    let (field, direction) = sort.keys().first().map_or(("username", Direction::Ascending), |(key, way)| (key, *way));
    let listing = Listing {
        sort: Sort::of_field(field).unwrap_or_default(),
        descending: direction == Direction::Descending,
        offset: page.offset,
        count: page.count,
        ..listing
    };
    let found = users::list(call, listing).await?;
    Ok(ok_page("users", &found.users, page, found.total))
}

/// Query of `users.listByStatus`.
#[derive(Params)]
struct ByStatus {
    #[params(flatten)]
    page: PageParams,
    /// `active`: may log in; `deactivated`: may not.
    #[params(choices("active", "deactivated"))]
    status: Option<String>,
    /// Ever logged in, or never.
    has_logged_in: Option<bool>,
    /// The kind of account.
    #[params(choices("user", "bot", "app"))]
    r#type: Option<String>,
    /// Only those who hold one of these global roles; `all` is everybody.
    roles: Option<Vec<RoleId>>,
    /// Part of user name or display name, in any case.
    search_term: Option<String>,
}

async fn list_by_status(call: Call, query: ByStatus) -> Reply {
    let roles = query.roles.unwrap_or_default();
    let listing = Listing {
        text: query.search_term.filter(|text| !text.is_empty()),
        active: query.status.map(|status| status == "active"),
        logged_in: query.has_logged_in,
        kind: query.r#type.as_deref().and_then(UserKind::from_word),
        roles: if roles.iter().any(|role| *role == "all") { Vec::new() } else { roles },
        ..Listing::default()
    };
    listed(&call, &query.page, listing).await
}

/// Body of `users.setActiveStatus`.
#[derive(Params)]
#[params(strict)]
struct ActiveBody {
    /// May log in.
    active_status: bool,
    /// The user's `_id`.
    user_id: UserId,
    /// Rooms that nobody else owns are given away, or removed where nobody else is in them.
    #[params(nullable)]
    confirm_relinquish: Option<bool>,
}

async fn set_active_status(call: Call, body: ActiveBody) -> Reply {
    let relinquish = body.confirm_relinquish.unwrap_or(false);
    let active = users::set_active(&call, &body.user_id, body.active_status, relinquish).await?;
    Ok(ok_with("user", &json!({ "_id": body.user_id, "active": active })))
}

/// Body of `users.createToken`.
#[derive(Params)]
struct TokenBody {
    #[params(flatten)]
    user: UserKey,
    /// The secret of the server's configuration.
    secret: String,
}

async fn create_token(call: Call, body: TokenBody) -> Reply {
    let user = find_user(&call, &body.user).await?;
    Ok(ok_with("data", &users::create_token(&call, &user, &body.secret).await?))
}

async fn preferences(call: Call, (): ()) -> Reply {
    Ok(ok_with("preferences", &users::preferences(&call).await?))
}

/// Body of `users.setPreferences`.
#[derive(Params)]
#[params(strict)]
struct PreferencesBody {
    /// Whose; the caller's own unless given.
    user_id: Option<UserId>,
    /// What to change.
    data: Map<String, Value>,
}

async fn set_preferences(call: Call, body: PreferencesBody) -> Reply {
    let target = body.user_id.filter(|id| !id.as_str().is_empty());
    let (uid, preferences) = users::set_preferences(&call, target, body.data).await?;
    let user = json!({ "_id": uid, "settings": { "preferences": &preferences } });
    Ok(Object::new().with("user", &user).with("preferences", &preferences).success())
}
