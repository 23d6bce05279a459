//! What `channels.*` and `groups.*` share: the rows whose pages agree but for the family's words, and the functions behind
//! those that agree less.

use crate::call::{CHANNELS, Call, Family, GROUPS, RoomKey, path_of};
use crate::endpoint::{Access, Added, Api};
use crate::page::{Direction, Page, PageParams, Sort};
use crate::params::Params;
use crate::reply::{Object, Reply, ok, ok_page, ok_with};
use crate::users::{UserKey, find_user};
use gantry_chat::rooms::{self, Invitees, MemberQuery, NewKind, NewRoom, RoomColumn, RoomQuery, RoomRole};
use gantry_chat::users::UserRef;
use gantry_chat::{access, subscriptions};
use gantry_model::{Error, Permission, Result, Status, UserId};
use serde_json::{Map, Value};

pub(crate) fn endpoints(api: &mut Api) {
    for family in [CHANNELS, GROUPS] {
        as_a_whole(api, family);
        ruled(api, family);
    }
}

fn as_a_whole(api: &mut Api, family: Family) {
    let words = family.words();
    api.get(path_of!(family, "members"), Access::ReadRoom, move |call: Call, query: MembersQuery| {
        members(family, call, query)
    })
    .names(Permission::ViewBroadcastMemberList)
    .about(format!("Lists the members of a {words}."))
    .since("0.59.0")
    .answers("members", "[Member]");
    api.get(path_of!(family, "counters"), Access::ReadRoom, move |call: Call, query: Counted| {
        counters(family, call, query)
    })
    .about(format!("Counts what there is in a {words}, and what of it somebody has not read."))
    .answers_counters();
    api.post(path_of!(family, "addAll"), Access::RuleRoom, move |call: Call, body: AddingAll| {
        add_all(family, call, body)
    })
    .names(Permission::AddAllToRoom)
    .about(format!("Makes everybody a member of a {words}."))
    .since("0.55.0")
    .answers("channel", "Room");
    api.post(path_of!(family, "archive"), Access::RuleRoom, move |call: Call, body: RoomKey| {
        archive(family, call, body)
    })
    .names(Permission::ArchiveRoom)
    .about(format!("Closes a {words} for new messages."))
    .since("0.48.0");
}

fn ruled(api: &mut Api, family: Family) {
    let words = family.words();
    for (role, permission, one, since, add, remove) in [
        (
            RoomRole::Owner,
            Permission::SetOwner,
            "an owner",
            "0.49.4",
            path_of!(family, "addOwner"),
            path_of!(family, "removeOwner"),
        ),
        (
            RoomRole::Moderator,
            Permission::SetModerator,
            "a moderator",
            "0.49.4",
            path_of!(family, "addModerator"),
            path_of!(family, "removeModerator"),
        ),
        (
            RoomRole::Leader,
            Permission::SetLeader,
            "a leader",
            "0.58.0",
            path_of!(family, "addLeader"),
            path_of!(family, "removeLeader"),
        ),
    ] {
        api.post(add, Access::RuleRoom, move |call: Call, body: RoomAndUser| grant(family, role, call, body))
            .names(permission)
            .about(format!("Makes a member {one} of a {words}."))
            .since(since);
        api.post(remove, Access::RuleRoom, move |call: Call, body: RoomAndUser| revoke(family, role, call, body))
            .names(permission)
            .about(format!("Makes {one} of a {words} an ordinary member."))
            .since(since);
    }
    api.get(path_of!(family, "roles"), Access::ReadRoom, move |call: Call, query: RoomKey| roles(family, call, query))
        .about(format!("Lists the members of a {words} who have roles in it."))
        .since("0.65.0")
        .answers("roles", "[RoleHolder]");
}

/// A room and one of its members, or one to be.
#[derive(Params)]
struct RoomAndUser {
    #[params(flatten)]
    room: RoomKey,
    #[params(flatten)]
    user: UserKey,
}

/// Body of `*.create`.
#[derive(Params)]
pub(crate) struct NewRoomBody {
    /// What people will call it.
    name: Option<String>,
    /// User names of its first members.
    members: Option<Vec<String>>,
    /// Only the privileged may post.
    #[params(default = false)]
    read_only: bool,
    /// The caller does not become a member.
    #[params(default = false)]
    exclude_self: bool,
    /// Fields of integrations.
    custom_fields: Option<Map<String, Value>>,
    /// `topic`, `description`, `announcement`, `broadcast`, `reactWhenReadOnly`.
    extra_data: Option<Map<String, Value>>,
}

/// `required` is the family's text for a missing name.
pub(crate) async fn create(
    family: Family,
    kind: NewKind,
    required: &'static str,
    call: Call,
    body: NewRoomBody,
) -> Reply {
    rooms::require_creator(&call, kind)?;
    let name = body.name.filter(|name| !name.is_empty()).ok_or_else(|| Error::text(required))?;
    let new = NewRoom {
        kind,
        name,
        members: body.members.unwrap_or_default(),
        read_only: body.read_only,
        exclude_self: body.exclude_self,
        custom_fields: body.custom_fields,
        extra_data: body.extra_data.unwrap_or_default(),
    };
    let rid = rooms::create(&call, new).await?;
    Ok(ok_with(family.key(), &access::room(&call, &rid).await?))
}

pub(crate) async fn info(family: Family, call: Call, query: RoomKey) -> Reply {
    let room = family.find(&call, &query).await?;
    Ok(ok_with(family.key(), &access::room(&call, room.id()).await?))
}

/// What lists of rooms can be sorted by.
const COLUMNS: [(&str, RoomColumn); 7] = [
    ("name", RoomColumn::Name),
    ("fname", RoomColumn::DisplayName),
    ("ts", RoomColumn::Created),
    ("_updatedAt", RoomColumn::Updated),
    ("msgs", RoomColumn::Messages),
    ("usersCount", RoomColumn::Members),
    ("lm", RoomColumn::LastActivity),
];

/// The part of a list of rooms that is asked for.
pub(crate) fn room_query(call: &Call, query: &PageParams) -> Result<(Page, RoomQuery)> {
    let page = query.page(&call.page_limits());
    let order = query.sort()?.pick(&COLUMNS).into_iter();
    let order = order.map(|(column, direction)| (column, direction == Direction::Descending)).collect();
    Ok((page, RoomQuery { order, text: None, offset: page.offset, count: page.count }))
}

pub(crate) async fn list(family: Family, call: Call, query: PageParams) -> Reply {
    let (page, query) = room_query(&call, &query)?;
    let (rooms, total) = rooms::list(&call, family.kind(), query).await?;
    Ok(ok_page(family.list_key(), &rooms, page, total))
}

pub(crate) async fn joined(family: Family, call: Call, query: PageParams) -> Reply {
    let (page, query) = room_query(&call, &query)?;
    let (rooms, total) = rooms::joined(&call, family.kind(), query).await?;
    Ok(ok_page(family.list_key(), &rooms, page, total))
}

/// Query of `*.members`.
#[derive(Params)]
struct MembersQuery {
    #[params(flatten)]
    room: RoomKey,
    #[params(flatten)]
    part: MemberParams,
}

/// Query of `*.counters`.
#[derive(Params)]
struct Counted {
    #[params(flatten)]
    room: RoomKey,
    /// For whom it is counted; for the caller unless given.
    user_id: Option<UserId>,
}

/// Who administers rooms is told of groups, too, whoever is in them.
async fn counters(family: Family, call: Call, query: Counted) -> Reply {
    let found = if rooms::administers(&call) { family.whoever_asks() } else { family };
    let room = found.find_active(&call, &query.room).await?;
    counters_of(&call, &room, query.user_id).await
}

impl Added<'_> {
    /// What every `*.counters` answers, since when.
    pub(crate) fn answers_counters(self) -> Self {
        self.names(Permission::ViewRoomAdministration)
            .since("0.65.0")
            .answers("joined", "boolean")
            .answers("members", "integer")
            .answers("unreads", "integer")
            .answers("unreadsFrom", "string")
            .answers("msgs", "integer")
            .answers("latest", "string")
            .answers("userMentions", "integer")
    }
}

pub(crate) async fn counters_of(call: &Call, room: &access::Found, of: Option<UserId>) -> Reply {
    let of = of.filter(|uid| !uid.as_str().is_empty());
    Ok(Object::new().with_all(&rooms::counters(call, room, of).await?).success())
}

/// Which part of a room's members.
#[derive(Params)]
pub(crate) struct MemberParams {
    /// Only those who look so: `online`, `away`, `busy`, `offline`.
    status: Option<Vec<String>>,
    /// Part of user name or name, in any case.
    filter: Option<String>,
    #[params(flatten)]
    page: PageParams,
}

async fn members(family: Family, call: Call, query: MembersQuery) -> Reply {
    let room = family.find(&call, &query.room).await?;
    members_of(&call, &room, query.part, false).await
}

/// `by_role`: owners first, then moderators.
pub(crate) async fn members_of(call: &Call, room: &access::Found, query: MemberParams, by_role: bool) -> Reply {
    let page = query.page.page(&call.page_limits());
    let words = query.status.unwrap_or_default();
    let statuses: Vec<Status> = words.iter().filter_map(|word| Status::from_word(word)).collect();
    let nobody = statuses.is_empty() && !words.is_empty();
    let descending = descending(&query.page.sort()?);
    let asked =
        MemberQuery { statuses, text: query.filter, descending, by_role, offset: page.offset, count: page.count };
    let (mut members, mut total) = rooms::members(call, room, asked).await?;
    if nobody {
        (members, total) = (Vec::new(), 0);
    }
    Ok(ok_page("members", &members, page, total))
}

/// Members are sorted by user name, either way.
fn descending(sort: &Sort) -> bool {
    sort.pick(&[("username", ())]).contains(&((), Direction::Descending))
}

/// Who is to be invited: one or many, by id or by user name.
#[derive(Params)]
pub(crate) struct InvitedParams {
    #[params(flatten)]
    user: UserKey,
    /// The `_id`s of users.
    user_ids: Option<Vec<String>>,
    /// User names, in any case.
    usernames: Option<Vec<String>>,
}

impl InvitedParams {
    /// The list, without blanks and repetitions. By ids as soon as one id is given, else by user names.
    ///
    /// # Errors
    /// `error-users-params-not-provided`.
    pub(crate) fn list(self) -> Result<Invitees> {
        let one = self.user.as_ref();
        let by_id = self.user_ids.is_some() || matches!(one, Some(UserRef::Id(_)));
        let mut list = if by_id { self.user_ids } else { self.usernames }.unwrap_or_default();
        list.extend(one.map(|one| match one {
            UserRef::Id(id) => id.to_string(),
            UserRef::Username(name) => name,
        }));
        list.retain(|text| !text.trim().is_empty());
        list.sort_unstable();
        list.dedup();
        if list.is_empty() {
            let text = "Please provide \"userId\" or \"username\" or \"userIds\" or \"usernames\" as param";
            return Err(Error::new("error-users-params-not-provided", text));
        }
        Ok(match by_id {
            true => Invitees::Ids(list.into_iter().map(UserId::from).collect()),
            false => Invitees::Usernames(list),
        })
    }
}

async fn archive(family: Family, call: Call, body: RoomKey) -> Reply {
    let room = family.find_active(&call, &body).await?;
    rooms::archive(&call, &room).await?;
    Ok(ok())
}

pub(crate) async fn delete(family: Family, call: Call, body: RoomKey) -> Reply {
    let room = family.find(&call, &body).await?;
    rooms::erase(&call, &room).await?;
    Ok(ok())
}

async fn grant(family: Family, role: RoomRole, call: Call, body: RoomAndUser) -> Reply {
    let room = family.find_active(&call, &body.room).await?;
    let user = find_user(&call, &body.user).await?;
    rooms::grant(&call, &room, &user, role).await?;
    Ok(ok())
}

async fn revoke(family: Family, role: RoomRole, call: Call, body: RoomAndUser) -> Reply {
    let room = family.find_active(&call, &body.room).await?;
    let user = find_user(&call, &body.user).await?;
    rooms::revoke(&call, &room, &user, role).await?;
    Ok(ok())
}

/// Body of `*.addAll`.
#[derive(Params)]
struct AddingAll {
    #[params(flatten)]
    room: RoomKey,
    /// Only accounts that may log in.
    #[params(default = false)]
    active_users_only: bool,
}

/// The published answer calls a group a channel, too.
async fn add_all(family: Family, call: Call, body: AddingAll) -> Reply {
    let room = family.find(&call, &body.room).await?;
    rooms::add_everybody(&call, &room, body.active_users_only).await?;
    Ok(ok_with("channel", &access::room(&call, room.id()).await?))
}

async fn roles(family: Family, call: Call, query: RoomKey) -> Reply {
    let room = family.find(&call, &query).await?;
    Ok(ok_with("roles", &rooms::role_holders(&call, &room).await?))
}

/// Puts a room into the sidebar, or takes it out; a plain `unchanged` text when that is how it was.
pub(crate) async fn show(call: &Call, room: &access::Found, open: bool, unchanged: String) -> Reply {
    let changed = match open {
        true => subscriptions::open(call, room.id()).await?,
        false => subscriptions::hide(call, room.id()).await?,
    };
    if changed { Ok(ok()) } else { Err(Error::text(unchanged)) }
}
