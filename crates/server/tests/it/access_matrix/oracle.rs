//! What ought to be answered: a small table written from the rules of access alone. It calls nothing of the server, and
//! knows of an endpoint only the class that its row declares.

use gantry_rest::endpoint::Access;

/// Who calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// Nobody is logged in.
    Anonymous,
    /// Was a member of every room, until the account was switched off.
    Deactivated,
    /// Has the role `user`, and is in none of the rooms.
    Stranger,
    /// Was a member, and was removed. Of the direct room nobody can be removed.
    Kicked,
    /// Has the role `guest` alone, and is in none of the rooms.
    Guest,
    /// Has the role `bot` alone, and is in none of the rooms.
    Bot,
    /// Has the role `admin`, and is in none of the rooms.
    Admin,
    Member,
    Owner,
}

impl Who {
    /// Owners last: what they do may end a room.
    pub(super) const ALL: [Self; 9] = [
        Self::Anonymous,
        Self::Deactivated,
        Self::Stranger,
        Self::Kicked,
        Self::Guest,
        Self::Bot,
        Self::Admin,
        Self::Member,
        Self::Owner,
    ];

    fn has_account(self) -> bool {
        !matches!(self, Self::Anonymous | Self::Deactivated)
    }

    fn is_member(self) -> bool {
        matches!(self, Self::Member | Self::Owner)
    }
}

/// The rooms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A channel.
    Public,
    /// A group.
    Private,
    /// The direct room of two others.
    Direct,
    /// A group that was archived.
    Archived,
    /// A channel that was deleted; its ids are still known.
    Deleted,
}

impl Place {
    pub(super) const ALL: [Self; 5] = [Self::Public, Self::Private, Self::Direct, Self::Archived, Self::Deleted];
}

/// What is to come of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expect {
    /// 401.
    Login,
    /// Any refusal.
    Refused,
    Allowed,
    /// Not a question of access: state, rank and parameters decide.
    Either,
}

/// Who may read what is in a room: members; and for a channel everybody whose role has `view-c-room`, which guests lack.
/// The role `admin` alone opens no private room.
pub(super) fn may_read(who: Who, place: Place) -> bool {
    match place {
        Place::Deleted => false,
        Place::Public => who.has_account() && who != Who::Guest,
        Place::Private | Place::Direct | Place::Archived => who.is_member(),
    }
}

/// Who may know that a room is there, what it is called and about: for a channel everybody with an account.
pub(super) fn may_know(who: Who, place: Place) -> bool {
    may_read(who, place) || (place == Place::Public && who.has_account())
}

/// Who may also be told a room's face, not its content, when the act is done: an administrator who ruled over it.
pub(super) fn may_learn_by(access: Access, who: Who, place: Place) -> bool {
    access == Access::RuleRoom && who == Who::Admin && place != Place::Deleted
}

/// What comes of an endpoint of this class, asked about this room. `serves`: it is for rooms of this kind.
pub(super) fn expected(access: Access, who: Who, place: Place, serves: bool) -> Expect {
    let live = serves && matches!(place, Place::Public | Place::Private | Place::Direct);
    match access {
        Access::Anyone => Expect::Either,
        _ if !who.has_account() => Expect::Login,
        Access::Accounts | Access::Own => Expect::Either,
        Access::ReadRoom | Access::ActInRoom if !may_read(who, place) => Expect::Refused,
        Access::ReadRoom if live => Expect::Allowed,
        Access::ReadRoom | Access::ActInRoom => Expect::Either,
        Access::RuleRoom => match who {
            Who::Owner | Who::Admin if place != Place::Deleted => Expect::Either,
            _ => Expect::Refused,
        },
        Access::Administer if who == Who::Admin => Expect::Either,
        Access::Administer => Expect::Refused,
    }
}
