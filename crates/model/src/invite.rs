//! Invitations into rooms, by link.

use crate::{InviteId, Millis, RoomId, UserId};

/// What a link lets people do: join one room, so long, so often.
#[derive(Clone, Debug, PartialEq)]
pub struct Invite {
    /// `_id`; it lets nobody in.
    pub id: InviteId,
    /// What the link ends in: whoever has it may join.
    pub token: String,
    /// The room.
    pub rid: RoomId,
    /// Who invites.
    pub uid: UserId,
    /// For how many days it was made; 0 = for good.
    pub days: i64,
    /// How many may join by it; 0 = all who come.
    pub max_uses: i64,
    /// How many did.
    pub uses: i64,
    /// When it was made.
    pub created: Millis,
    /// When it ends, if it does.
    pub expires: Option<Millis>,
    /// Stamp of the last change.
    pub updated: Millis,
}

impl Invite {
    /// What it may be made for, in days.
    pub const DAYS: [i64; 5] = [0, 1, 7, 15, 30];
    /// What it may be made for, in uses.
    pub const USES: [i64; 7] = [0, 1, 5, 10, 25, 50, 100];

    /// When one that is made at `created` for so many days ends.
    pub fn end(created: Millis, days: i64) -> Option<Millis> {
        const DAY: i64 = 86_400_000;
        (days > 0).then(|| Millis(created.0 + days * DAY))
    }

    /// Its time is over.
    pub fn is_over(&self, now: Millis) -> bool {
        self.expires.is_some_and(|end| end <= now)
    }

    /// As many joined by it as may.
    pub fn is_used_up(&self) -> bool {
        self.max_uses > 0 && self.uses >= self.max_uses
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_ends_by_time_and_by_use() {
        let mut invite = Invite {
            id: "I".into(),
            token: "T".into(),
            rid: "R".into(),
            uid: "U".into(),
            days: 1,
            max_uses: 2,
            uses: 1,
            created: Millis(5),
            expires: Invite::end(Millis(5), 1),
            updated: Millis(5),
        };
        assert_eq!(invite.expires, Some(Millis(86_400_005)));
        assert!(!invite.is_over(Millis(86_400_004)) && invite.is_over(Millis(86_400_005)));
        assert!(!invite.is_used_up());
        invite.uses = 2;
        assert!(invite.is_used_up());
        (invite.max_uses, invite.expires) = (0, Invite::end(Millis(5), 0));
        assert!(!invite.is_used_up() && !invite.is_over(Millis(i64::MAX)));
    }
}
