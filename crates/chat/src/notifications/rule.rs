//! Who is notified of a message.

use gantry_model::event::{Addressed, MessageSent};
use gantry_model::{Notify, RoomKind, RoomWishes, Settings, UserId};

/// A message that somebody may be notified of.
pub struct Occasion<'a> {
    sent: &'a MessageSent,
    addressed: &'a Addressed,
    /// Of what people are notified who said nothing about it.
    default: Option<Notify>,
    /// The room is too large for everybody to be notified of every message.
    crowded: bool,
    /// It stands in a thread alone.
    in_thread: bool,
}

/// Nothing particular.
const ORDINARY: &RoomWishes = &RoomWishes { desktop: None, silent: false, mutes_groups: false, ignored: Vec::new() };

impl<'a> Occasion<'a> {
    /// Nothing for what the server wrote, and where `Troubleshoot_Disable_Notifications` keeps everybody quiet.
    pub fn of(settings: &Settings, sent: &'a MessageSent) -> Option<Self> {
        let rules = &settings.hot().notifications;
        let addressed = sent.addressed.as_deref().filter(|_| !rules.off)?;
        Some(Self {
            sent,
            addressed,
            default: rules.desktop,
            crowded: rules.most_members.is_some_and(|most| addressed.members > most),
            in_thread: sent.message.tmid.is_some() && !sent.message.tshow,
        })
    }

    /// Those whom the message calls, if it calls nobody else: where it does, only they and members with particular wishes
    /// for this room can be notified.
    pub fn only(&self) -> Option<impl Iterator<Item = &UserId>> {
        let Addressed { named, highlighted, followers, .. } = self.addressed;
        self.crowded.then(|| named.iter().chain(highlighted).chain(followers))
    }

    /// Whether a member is to be notified on the desktop: `preferred` by the member everywhere, `wishes` for this room
    /// where there are any.
    ///
    /// In order: nobody of an own message, or of one by somebody ignored, or who wants silence here; who mutes `@all` and
    /// `@here` is called by name alone; in a crowded room only those who are called, and those who chose for this very
    /// room to hear all; what was chosen for the room, else preferred, else the server's default. A direct room calls
    /// everybody in it, and a thread its followers.
    pub fn concerns(&self, uid: &UserId, preferred: Option<Notify>, wishes: Option<&RoomWishes>) -> bool {
        let (author, wishes) = (&self.sent.message.author, wishes.unwrap_or(ORDINARY));
        if uid == author || wishes.silent || wishes.ignored.contains(author) {
            return false;
        }
        let is_in = |list: &[UserId]| list.binary_search(uid).is_ok();
        let follows = is_in(&self.addressed.followers);
        let highlighted = is_in(&self.addressed.highlighted);
        let named = follows || is_in(&self.addressed.named);
        if self.addressed.everybody && wishes.mutes_groups && !named {
            return false;
        }
        let called = named || highlighted;
        if self.crowded && !called && wishes.desktop != Some(Notify::All) {
            return false;
        }
        let outside = self.in_thread && !follows;
        match wishes.desktop.or(preferred) {
            Some(Notify::Nothing) => false,
            Some(Notify::All) => highlighted || !outside,
            None if self.default == Some(Notify::Nothing) => false,
            None if self.default == Some(Notify::All) && !outside => true,
            Some(Notify::Mentions) | None => {
                let everybody = self.sent.kind == RoomKind::Direct || (self.addressed.everybody && !self.crowded);
                (called || everybody) && (highlighted || !outside)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::message_in_tests;
    use gantry_model::{Millis, Person, SettingBase, SettingChange};
    use serde_json::{Value, json};
    use std::sync::Arc;

    fn settings(changes: &[(&str, Value)]) -> Settings {
        let change = |value: &Value| SettingChange { value: value.clone(), editor: None, updated_at: Millis(2) };
        Settings::new(SettingBase::new(Millis(1)), changes.iter().map(|(id, value)| ((*id).into(), change(value))))
    }

    /// A message of Ann's in a group of ten.
    fn sent(addressed: Addressed) -> MessageSent {
        MessageSent {
            message: Arc::new(message_in_tests("hi")),
            author: Arc::new(Person::default()),
            kind: RoomKind::Private,
            room_name: Some("plans".into()),
            alerts: true,
            counts: false,
            mentioned: Vec::new(),
            addressed: Some(Box::new(Addressed { members: 10, ..addressed })),
        }
    }

    fn naming(names: &[&str]) -> Addressed {
        Addressed { named: names.iter().map(UserId::new).collect(), ..Addressed::default() }
    }

    fn concerns(settings: &Settings, sent: &MessageSent, preferred: Option<Notify>, wishes: &RoomWishes) -> bool {
        Occasion::of(settings, sent).unwrap().concerns(&"bob".into(), preferred, Some(wishes))
    }

    fn choosing(desktop: Notify) -> RoomWishes {
        RoomWishes { desktop: Some(desktop), ..RoomWishes::default() }
    }

    #[test]
    fn nobody_is_notified_of_own_or_system_messages_or_where_all_is_quiet() {
        let (by_default, quiet) = (settings(&[]), settings(&[("Troubleshoot_Disable_Notifications", json!(true))]));
        let plain = sent(Addressed::default());
        assert!(!Occasion::of(&by_default, &plain).unwrap().concerns(&"ann".into(), Some(Notify::All), None));
        assert!(Occasion::of(&quiet, &plain).is_none());
        assert!(Occasion::of(&by_default, &MessageSent { addressed: None, ..plain }).is_none());
    }

    #[test]
    fn the_room_wins_over_the_preference_and_that_over_the_default() {
        let plain = sent(Addressed::default());
        for default in ["all", "mentions", "nothing"] {
            let settings = settings(&[("Accounts_Default_User_Preferences_desktopNotifications", json!(default))]);
            let told = |preferred, wishes: &RoomWishes| concerns(&settings, &plain, preferred, wishes);
            assert_eq!(told(None, ORDINARY), default == "all");
            assert!(told(Some(Notify::All), ORDINARY) && !told(Some(Notify::Mentions), ORDINARY));
            assert!(told(Some(Notify::Nothing), &choosing(Notify::All)));
            assert!(!told(Some(Notify::All), &choosing(Notify::Nothing)));
        }
    }

    #[test]
    fn silence_and_ignoring_win_over_being_named() {
        let (settings, named) = (settings(&[]), sent(naming(&["bob"])));
        let silent = RoomWishes { silent: true, ..choosing(Notify::All) };
        let ignoring = RoomWishes { ignored: vec!["ann".into()], ..choosing(Notify::All) };
        let ignoring_others = RoomWishes { ignored: vec!["cat".into()], ..RoomWishes::default() };
        assert!(!concerns(&settings, &named, None, &silent) && !concerns(&settings, &named, None, &ignoring));
        assert!(concerns(&settings, &named, None, &ignoring_others));
    }

    #[test]
    fn groups_can_be_muted_names_can_not() {
        let settings = settings(&[]);
        let muting = RoomWishes { mutes_groups: true, ..choosing(Notify::All) };
        let everybody = Addressed { everybody: true, ..Addressed::default() };
        assert!(!concerns(&settings, &sent(everybody.clone()), None, &muting));
        assert!(concerns(&settings, &sent(everybody), Some(Notify::Mentions), ORDINARY));
        assert!(concerns(&settings, &sent(Addressed { everybody: true, ..naming(&["bob"]) }), None, &muting));
        assert!(
            concerns(&settings, &sent(Addressed::default()), None, &muting),
            "without a group it is as for anybody"
        );
    }

    #[test]
    fn a_crowd_is_called_by_name_or_asked_for_it() {
        let settings = settings(&[("Notifications_Max_Room_Members", json!(9))]);
        let told = |addressed: Addressed, preferred, wishes: &RoomWishes| {
            concerns(&settings, &sent(addressed), preferred, wishes)
        };
        assert!(
            !told(Addressed::default(), None, ORDINARY) && !told(Addressed::default(), Some(Notify::All), ORDINARY)
        );
        assert!(!told(Addressed { everybody: true, ..Addressed::default() }, None, ORDINARY));
        assert!(told(Addressed::default(), None, &choosing(Notify::All)));
        for addressed in [naming(&["bob"]), Addressed { highlighted: vec!["bob".into()], ..Addressed::default() }] {
            assert!(told(addressed.clone(), None, ORDINARY) && told(addressed, Some(Notify::Mentions), ORDINARY));
        }
        let message = sent(naming(&["bob"]));
        let only: Vec<String> =
            Occasion::of(&settings, &message).unwrap().only().unwrap().map(ToString::to_string).collect();
        assert_eq!(only, ["bob"]);
    }

    #[test]
    fn a_thread_is_for_those_who_follow_it() {
        let settings = settings(&[]);
        let reply = |addressed, tshow| {
            let sent = sent(addressed);
            let message = gantry_model::Message { tmid: Some("m0".into()), tshow, ..(*sent.message).clone() };
            MessageSent { message: Arc::new(message), ..sent }
        };
        let follows = Addressed { followers: vec!["bob".into()], ..Addressed::default() };
        let highlighted = Addressed { highlighted: vec!["bob".into()], ..Addressed::default() };
        for preferred in [None, Some(Notify::All)] {
            assert!(!concerns(&settings, &reply(Addressed::default(), false), preferred, ORDINARY));
            assert!(concerns(&settings, &reply(Addressed::default(), true), preferred, ORDINARY));
            assert!(concerns(&settings, &reply(follows.clone(), false), preferred, ORDINARY));
            assert!(concerns(&settings, &reply(highlighted.clone(), false), preferred, ORDINARY));
        }
        assert!(concerns(&settings, &reply(follows, false), Some(Notify::Mentions), ORDINARY));
    }
}
