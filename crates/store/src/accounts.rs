//! Accounts and their mail addresses.

use crate::engine::{Conn, FromRow, Json, Row, Value};
use gantry_model::role::builtin;
use gantry_model::{Email, EmailAddress, Millis, Person, Profile, Result, RoleId, Status, User, UserId, UserKind};
use std::collections::HashMap;
use std::sync::Arc;

/// Queries on `account` and `email`.
pub struct Accounts<'a>(&'a mut Conn);

impl Conn {
    /// Accounts.
    pub fn accounts(&mut self) -> Accounts<'_> {
        Accounts(self)
    }
}

/// An account about to be made, with its secret.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// The document; stamps are the transaction's.
    pub user: User,
    /// The password's hash, if one is set.
    pub password: Option<String>,
}

/// Which accounts a list shows.
#[derive(Clone, Debug, Default)]
pub struct AccountFilter {
    /// Part of user name or name, in any case.
    pub text: Option<String>,
    /// Only those that may log in, or only those that may not.
    pub active: Option<bool>,
    /// Only the one with this mail address, in any case.
    pub email: Option<String>,
    /// Only those who hold one of these global roles; everybody without any.
    pub roles: Vec<RoleId>,
    /// Only those who ever logged in, or never did.
    pub logged_in: Option<bool>,
    /// Only accounts of this kind.
    pub kind: Option<UserKind>,
}

/// What a list of accounts is sorted by; equals by user name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AccountOrder {
    /// User name without case.
    #[default]
    Username,
    /// Display name without case.
    Name,
    /// May log in.
    Active,
    /// When it was made.
    Created,
    /// Last login.
    LastLogin,
}

impl AccountOrder {
    /// The columns, as the indexes have them: all in one direction, what is absent as the least.
    fn sql(self, descending: bool) -> String {
        let direction = if descending { "DESC" } else { "ASC" };
        match self {
            Self::Username => format!("username_key {direction}"),
            Self::Name => format!("coalesce(name_key, '') {direction}, username_key {direction}"),
            Self::Active => format!("active {direction}, username_key {direction}"),
            Self::Created => format!("created {direction}, username_key {direction}"),
            Self::LastLogin => format!("coalesce(last_login, 0) {direction}, username_key {direction}"),
        }
    }
}

const COLUMNS: &str = "id, username, name, kind, active, roles, status_default, status_text, created, last_login, \
                       updated, preferences, profile, CASE WHEN password IS NULL THEN 0 ELSE 1 END";

struct AccountRow(User);

impl FromRow for AccountRow {
    fn from_row(row: &Row<'_>) -> Result<Self, String> {
        Ok(Self(User {
            id: row.get(0)?,
            username: row.get(1)?,
            name: row.get(2)?,
            kind: UserKind::from_word(&row.get::<String>(3)?).unwrap_or_default(),
            active: row.get(4)?,
            roles: row.get::<Json<_>>(5)?.0,
            emails: Vec::new(),
            status_default: Status::from_word(&row.get::<String>(6)?).unwrap_or_default(),
            status_text: row.get(7)?,
            created: row.get(8)?,
            last_login: row.get(9)?,
            updated: row.get(10)?,
            preferences: row.get::<Json<_>>(11)?.0,
            profile: row.get::<Json<Profile>>(12)?.0,
            has_password: row.get(13)?,
        }))
    }
}

struct PersonRow(UserId, Person);

impl FromRow for PersonRow {
    fn from_row(row: &Row<'_>) -> Result<Self, String> {
        Ok(Self(row.get(0)?, Person { username: row.get(1)?, name: row.get(2)? }))
    }
}

/// Who holds nothing but the role of everybody is not in the index of those who hold others.
fn with_one_of(roles: &[RoleId], values: &mut Vec<Value<'_>>) -> String {
    let others = if roles.iter().any(|role| *role == builtin::USER) { "" } else { " AND roles <> '[\"user\"]'" };
    let holds = roles.iter().map(|role| {
        values.push(Value::Text(format!("%{}%", escape_like(&format!("\"{role}\""))).into()));
        format!("roles LIKE ${} ESCAPE '\\'", values.len())
    });
    let holds: Vec<String> = holds.collect();
    format!("{others} AND ({})", holds.join(" OR "))
}

impl Accounts<'_> {
    /// The account with this id.
    pub fn get(&mut self, id: &UserId) -> Result<Option<User>> {
        let sql = const_format(format_args!("SELECT {COLUMNS} FROM account WHERE id = $1"));
        let found = self.0.one::<AccountRow>(&sql, (id,))?;
        self.with_emails(found)
    }

    /// The account with this user name, in any case.
    pub fn by_username(&mut self, username: &str) -> Result<Option<User>> {
        let sql = const_format(format_args!("SELECT {COLUMNS} FROM account WHERE username_key = $1"));
        let found = self.0.one::<AccountRow>(&sql, (username.to_lowercase(),))?;
        self.with_emails(found)
    }

    /// The account with this mail address, in any case.
    pub fn by_email(&mut self, address: &str) -> Result<Option<User>> {
        let sql = "SELECT uid FROM email WHERE address_key = $1";
        match self.0.one::<(UserId,)>(sql, (address.to_lowercase(),))? {
            Some((uid,)) => self.get(&uid),
            None => Ok(None),
        }
    }

    fn with_emails(&mut self, found: Option<AccountRow>) -> Result<Option<User>> {
        let Some(AccountRow(mut user)) = found else { return Ok(None) };
        user.emails = self.emails(&user.id)?;
        Ok(Some(user))
    }

    /// An account's mail addresses in their order.
    pub fn emails(&mut self, id: &UserId) -> Result<Vec<Email>> {
        let sql = "SELECT address, verified FROM email WHERE uid = $1 ORDER BY position";
        let rows = self.0.all::<(EmailAddress, bool)>(sql, (id,))?;
        Ok(rows.into_iter().map(|(address, verified)| Email { address, verified }).collect())
    }

    /// Whether there is such an account.
    pub fn exists(&mut self, id: &UserId) -> Result<bool> {
        Ok(self.0.one::<(i64,)>("SELECT 1 FROM account WHERE id = $1", (id,))?.is_some())
    }

    /// Those of `ids` that exist, or are remembered, by their names only.
    pub fn people(&mut self, ids: &[UserId]) -> Result<HashMap<UserId, Arc<Person>>> {
        let list = self.0.list("$1");
        let sql = format!("SELECT id, username, name FROM account WHERE id IN ({list})");
        let rows = self.0.all::<PersonRow>(&sql, (Json(ids),))?;
        let mut people: HashMap<_, _> = rows.into_iter().map(|row| (row.0, Arc::new(row.1))).collect();
        let gone: Vec<&UserId> = ids.iter().filter(|id| !people.contains_key(*id)).collect();
        if !gone.is_empty() {
            people.extend(self.0.erasures().people(&gone)?);
        }
        Ok(people)
    }

    /// Those of `ids` that exist.
    pub fn some(&mut self, ids: &[UserId]) -> Result<Vec<User>> {
        let list = self.0.list("$1");
        let sql = format!("SELECT {COLUMNS} FROM account WHERE id IN ({list}) ORDER BY id");
        let rows = self.0.all::<AccountRow>(&sql, (Json(ids),))?;
        self.each_with_emails(rows)
    }

    /// Those with these user names, in any case.
    pub fn by_usernames(&mut self, usernames: &[String]) -> Result<Vec<User>> {
        let keys: Vec<String> = usernames.iter().map(|name| name.to_lowercase()).collect();
        let list = self.0.list("$1");
        let sql = format!("SELECT {COLUMNS} FROM account WHERE username_key IN ({list}) ORDER BY id");
        let rows = self.0.all::<AccountRow>(&sql, (Json(keys),))?;
        self.each_with_emails(rows)
    }

    fn each_with_emails(&mut self, rows: Vec<AccountRow>) -> Result<Vec<User>> {
        let mut users: Vec<User> = rows.into_iter().map(|row| row.0).collect();
        let ids: Vec<&UserId> = users.iter().map(|user| &user.id).collect();
        let list = self.0.list("$1");
        let sql = format!("SELECT uid, address, verified FROM email WHERE uid IN ({list}) ORDER BY uid, position");
        let mut emails: HashMap<UserId, Vec<Email>> = HashMap::new();
        for (uid, address, verified) in self.0.all::<(UserId, EmailAddress, bool)>(&sql, (Json(ids),))? {
            emails.entry(uid).or_default().push(Email { address, verified });
        }
        for user in &mut users {
            user.emails = emails.remove(&user.id).unwrap_or_default();
        }
        Ok(users)
    }

    /// A page of accounts in an order, downwards where the flag says so, and how many there are in all.
    pub fn page(
        &mut self,
        filter: &AccountFilter,
        (order, descending): (AccountOrder, bool),
        offset: i64,
        count: i64,
    ) -> Result<(Vec<User>, i64)> {
        let (mut wheres, mut values) = (String::from("username_key IS NOT NULL"), Vec::new());
        if let Some(text) = &filter.text {
            values.push(Value::Text(format!("%{}%", escape_like(&text.to_lowercase())).into()));
            wheres.push_str(" AND (username_key LIKE $1 ESCAPE '\\' OR name_key LIKE $1 ESCAPE '\\')");
        }
        if let Some(active) = filter.active {
            values.push(Value::Int(active.into()));
            wheres.push_str(&format!(" AND active = ${}", values.len()));
        }
        if let Some(email) = &filter.email {
            values.push(Value::Text(email.to_lowercase().into()));
            wheres.push_str(&format!(" AND id IN (SELECT uid FROM email WHERE address_key = ${})", values.len()));
        }
        if let Some(logged_in) = filter.logged_in {
            wheres.push_str(if logged_in { " AND last_login IS NOT NULL" } else { " AND last_login IS NULL" });
        }
        if let Some(kind) = filter.kind {
            values.push(Value::Text(kind.word().into()));
            wheres.push_str(&format!(" AND kind = ${}", values.len()));
        }
        if !filter.roles.is_empty() {
            wheres.push_str(&with_one_of(&filter.roles, &mut values));
        }
        let total = self.0.count(&format!("SELECT count(*) FROM account WHERE {wheres}"), &values[..])?;
        values.extend([Value::Int(count), Value::Int(offset)]);
        let (limit, skip, order) = (values.len() - 1, values.len(), order.sql(descending));
        let sql =
            format!("SELECT {COLUMNS} FROM account WHERE {wheres} ORDER BY {order} LIMIT ${limit} OFFSET ${skip}");
        let rows = self.0.all::<AccountRow>(&sql, &values[..])?;
        Ok((self.each_with_emails(rows)?, total))
    }

    /// How many accounts there are: persons, or of any kind.
    pub fn count(&mut self, only_people: bool) -> Result<i64> {
        let sql = if only_people {
            "SELECT count(*) FROM account WHERE kind = 'user'"
        } else {
            "SELECT count(*) FROM account"
        };
        self.0.count(sql, ())
    }

    /// Whether any person has an account yet.
    pub fn any_person(&mut self) -> Result<bool> {
        Ok(self.0.one::<(i64,)>("SELECT 1 FROM account WHERE kind = 'user' LIMIT 1", ())?.is_some())
    }

    /// Those with a global role besides the one that everybody has, by user name: at most `count`.
    pub fn with_roles(&mut self, count: i64) -> Result<Vec<UserId>> {
        let sql = "SELECT id FROM account WHERE roles <> '[\"user\"]' ORDER BY username_key LIMIT $1";
        Ok(self.0.all::<(UserId,)>(sql, (count,))?.into_iter().map(|row| row.0).collect())
    }

    /// Active administrators, up to `limit`.
    pub fn admins(&mut self, limit: i64) -> Result<Vec<UserId>> {
        // The roles as the partial index spells them; the sum keeps the index on `active` out.
        let sql = "SELECT id FROM account WHERE active + 0 = 1 AND roles LIKE '%\"admin\"%' ORDER BY id LIMIT $1";
        Ok(self.0.all::<(UserId,)>(sql, (limit,))?.into_iter().map(|row| row.0).collect())
    }

    /// Makes an account; user name and addresses must be free.
    pub fn insert(&mut self, new: &NewAccount) -> Result<()> {
        let stamp = self.0.stamp();
        let places: Vec<String> = (1..=INSERTED.len()).map(|place| format!("${place}")).collect();
        let sql = format!("INSERT INTO account ({}) VALUES ({})", INSERTED.join(", "), places.join(", "));
        self.0.run(&sql, &inserted(new, stamp)[..])?;
        self.set_emails(&new.user.id, &new.user.emails)
    }

    /// Replaces an account's mail addresses.
    pub fn set_emails(&mut self, id: &UserId, emails: &[Email]) -> Result<()> {
        self.0.run("DELETE FROM email WHERE uid = $1", (id,))?;
        for (position, email) in emails.iter().enumerate() {
            let sql = "INSERT INTO email (address_key, address, uid, verified, position) VALUES ($1, $2, $3, $4, $5)";
            self.0.run(sql, &address(id, position, email)[..])?;
        }
        Ok(())
    }

    /// Writes back everything of an account but its secret and its addresses.
    pub fn update(&mut self, user: &User) -> Result<()> {
        let stamp = self.0.stamp();
        let values = [
            maybe(user.username.as_ref()),
            maybe(user.username.as_ref().map(|name| name.as_str().to_lowercase())),
            maybe(user.name.as_ref()),
            maybe(user.name.as_ref().map(|name| name.to_lowercase())),
            Value::Int(user.active.into()),
            json(&user.roles),
            text(user.status_default.word()),
            text(&user.status_text),
            json(&user.preferences),
            json(&user.profile),
            Value::Int(stamp),
            text(&user.id),
        ];
        let sql = "UPDATE account SET username = $1, username_key = $2, name = $3, name_key = $4, active = $5,
                     roles = $6, status_default = $7, status_text = $8, preferences = $9, profile = $10, updated = $11
                   WHERE id = $12";
        self.0.run(sql, &values[..]).map(drop)
    }

    /// The password's hash.
    pub fn password(&mut self, id: &UserId) -> Result<Option<String>> {
        let row = self.0.one::<(Option<String>,)>("SELECT password FROM account WHERE id = $1", (id,))?;
        Ok(row.and_then(|row| row.0))
    }

    /// Sets the password's hash.
    pub fn set_password(&mut self, id: &UserId, hash: &str) -> Result<()> {
        let stamp = self.0.stamp();
        self.0.run("UPDATE account SET password = $1, updated = $2 WHERE id = $3", (hash, stamp, id)).map(drop)
    }

    /// Notes a login.
    pub fn logged_in(&mut self, id: &UserId, at: Millis) -> Result<()> {
        self.0.run("UPDATE account SET last_login = $1 WHERE id = $2", (at, id)).map(drop)
    }
}

/// The columns of a new account.
pub(crate) const INSERTED: [&str; 15] = [
    "id",
    "username",
    "username_key",
    "name",
    "name_key",
    "kind",
    "active",
    "roles",
    "status_default",
    "status_text",
    "password",
    "created",
    "updated",
    "preferences",
    "profile",
];

/// The values of a new account, in the order of [`INSERTED`].
pub(crate) fn inserted(new: &NewAccount, stamp: i64) -> Vec<Value<'_>> {
    let user = &new.user;
    vec![
        text(&user.id),
        maybe(user.username.as_ref()),
        maybe(user.username.as_ref().map(|name| name.as_str().to_lowercase())),
        maybe(user.name.as_ref()),
        maybe(user.name.as_ref().map(|name| name.to_lowercase())),
        text(user.kind.word()),
        Value::Int(user.active.into()),
        json(&user.roles),
        text(user.status_default.word()),
        text(&user.status_text),
        maybe(new.password.as_ref()),
        Value::Int(stamp),
        Value::Int(stamp),
        json(&user.preferences),
        json(&user.profile),
    ]
}

/// The columns of a mail address.
pub(crate) const ADDRESS: [&str; 5] = ["address_key", "address", "uid", "verified", "position"];

/// The values of a mail address, in the order of [`ADDRESS`].
pub(crate) fn address<'a>(uid: &'a UserId, position: usize, email: &'a Email) -> Vec<Value<'a>> {
    let key = email.address.as_str().to_lowercase();
    vec![
        Value::Text(key.into()),
        text(&email.address),
        text(uid),
        Value::Int(email.verified.into()),
        Value::Int(i64::try_from(position).unwrap_or(i64::MAX)),
    ]
}

fn text(value: &(impl AsRef<str> + ?Sized)) -> Value<'_> {
    Value::Text(value.as_ref().into())
}

fn maybe<'a>(value: Option<impl AsRef<str>>) -> Value<'a> {
    value.map_or(Value::Null, |text| Value::Text(text.as_ref().to_owned().into()))
}

fn json<'a>(value: &impl serde::Serialize) -> Value<'a> {
    Value::Text(serde_json::to_string(value).unwrap_or_else(|_| "null".into()).into())
}

/// A LIKE pattern's own characters, taken literally.
fn escape_like(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

fn const_format(text: std::fmt::Arguments<'_>) -> String {
    text.to_string()
}
