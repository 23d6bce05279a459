//! Subscriptions: one user's membership of one room, and what is unread in it.

use crate::{Counters, Millis, RoleId, Room, RoomId, SubscriptionId, UserId};
use serde::{Deserialize, Serialize};

/// A membership as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Subscription {
    /// `_id`.
    pub id: SubscriptionId,
    /// The room.
    pub rid: RoomId,
    /// The member.
    pub uid: UserId,
    /// When the member came.
    pub joined: Millis,
    /// Stamp of the member's own last act on it, or of what was written for the member alone.
    pub own: Millis,
    /// Shown in the sidebar, before derivation.
    pub open: bool,
    /// Read up to here.
    pub ls: Option<Millis>,
    /// A favourite.
    pub favorite: bool,
    /// Roles in this room.
    pub roles: Vec<RoleId>,
    /// The room's counters when last read.
    pub base: Counters,
    /// The room's alert counter when last hidden; while it is `open` in an archived room, minus the stamp of the
    /// archiving after which it was opened.
    pub base_hide: i64,
    /// What came on top for this member alone.
    pub extra: Extras,
    /// Notification preferences and other settings of the member for this room, by their protocol names.
    pub settings: SubscriptionSettings,
}

/// Unread state that belongs to one member: mentions, marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extras {
    /// On top of the derived unread count; may be negative where a mention counts less than a message.
    pub unread: i64,
    /// Direct mentions.
    pub user: i64,
    /// Group mentions, kept when the unread mark moves.
    pub group: i64,
    /// An alert of this member's own.
    pub alert: bool,
}

/// What a member set for one room; absent = default.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SubscriptionSettings(pub serde_json::Map<String, serde_json::Value>);

impl SubscriptionSettings {
    /// A banned member keeps the record, and nothing else.
    pub fn is_banned(&self) -> bool {
        self.0.get("status").is_some_and(|status| status == "BANNED")
    }

    /// The ids of those whose messages the member wants to hear nothing of.
    pub fn ignored(&self) -> impl Iterator<Item = &str> {
        let list = self.0.get("ignored").and_then(serde_json::Value::as_array);
        list.into_iter().flatten().filter_map(serde_json::Value::as_str)
    }
}

/// What a client sees as unread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unread {
    /// The badge.
    pub unread: i64,
    /// Mentions of the member.
    pub user_mentions: i64,
    /// Mentions of everybody.
    pub group_mentions: i64,
    /// Something is unread (bold).
    pub alert: bool,
    /// Shown in the sidebar.
    pub open: bool,
    /// `_updatedAt`.
    pub updated: Millis,
}

impl Subscription {
    /// A fresh membership from `joined` on: nothing unread, not yet open.
    pub fn fresh(id: SubscriptionId, room: &Room, uid: UserId, joined: Millis) -> Self {
        Self {
            id,
            rid: room.id.clone(),
            uid,
            joined,
            own: joined,
            open: false,
            ls: None,
            favorite: false,
            roles: Vec::new(),
            base: room.counters,
            base_hide: room.counters.alert,
            extra: Extras::default(),
            settings: SubscriptionSettings::default(),
        }
    }

    /// What the member sees, derived from the room's counters.
    pub fn unread(&self, now: Counters, counted_at: Millis, named_at: Millis) -> Unread {
        Unread {
            unread: self.extra.unread + now.unread - self.base.unread,
            user_mentions: self.extra.user,
            group_mentions: self.extra.group + now.group - self.base.group,
            alert: self.extra.alert || now.alert > self.base.alert,
            open: self.open || now.alert > self.base_hide,
            updated: self.own.max(counted_at).max(named_at),
        }
    }

    /// What the member sees of `room`: as [`Subscription::unread`], but an archived room raises no alert, and is in the
    /// sidebar only of those who opened it since it was archived. Archiving so writes no membership.
    pub fn in_room(&self, room: &Room) -> Unread {
        let seen = self.unread(room.counters, room.counted_at, room.named_at);
        if !room.archived {
            return seen;
        }
        let opened_since = self.open && self.base_hide == -room.named_at.0;
        Unread { alert: false, open: opened_since, ..seen }
    }

    /// The member puts `room` into the sidebar.
    pub fn show(&mut self, room: &Room) {
        self.open = true;
        if room.archived {
            self.base_hide = -room.named_at.0;
        }
    }

    /// The member has read everything up to now; `at` becomes `ls`.
    pub fn read(&mut self, now: Counters, at: Millis) {
        self.base = now;
        self.extra = Extras::default();
        self.open = true;
        self.ls = Some(at);
    }

    /// The member marks it unread from `ls` on; mentions stay as they stand.
    pub fn mark_unread(&mut self, now: Counters, ls: Millis) {
        let groups = self.extra.group + now.group - self.base.group;
        self.base.unread = now.unread;
        self.base.group = now.group;
        self.extra.group = groups;
        self.extra.unread = 1;
        self.extra.alert = true;
        self.open = true;
        self.ls = Some(ls);
    }

    /// The member takes it out of the sidebar; what is unread stays counted.
    pub fn hide(&mut self, now: Counters) {
        self.open = false;
        self.base_hide = now.alert;
        self.base.alert = now.alert;
        self.extra.alert = false;
    }

    /// Somebody else put the member here: one mention, and an alert.
    pub fn invited(&mut self) {
        self.open = true;
        self.extra = Extras { unread: 1, user: 1, group: 0, alert: true };
    }
}

#[cfg(test)]
mod tests;
