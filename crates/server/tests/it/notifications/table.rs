//! Who is to be notified, as a table: what somebody chose × what is said. It shares nothing with the server.

/// What somebody can choose, everywhere and for one room; `default` says nothing.
pub(super) const LEVELS: [&str; 4] = ["default", "all", "mentions", "nothing"];

/// What is said in the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// Something.
    Plain,
    /// The member's name.
    Name,
    /// `@all`.
    Everybody,
    /// A highlight word of the member's.
    Word,
    /// In a thread that the member has nothing to do with.
    InThread,
    /// In a thread, with the member's name.
    NameInThread,
    /// In a thread, with the member's highlight word.
    WordInThread,
    /// In a thread, and shown in the room.
    InBoth,
    /// By the server.
    System,
}

impl Said {
    pub(super) const EACH: [Self; 9] = [
        Self::Plain,
        Self::Name,
        Self::Everybody,
        Self::Word,
        Self::InThread,
        Self::NameInThread,
        Self::WordInThread,
        Self::InBoth,
        Self::System,
    ];

    /// Who is notified in a room of few: those who want all; those who want what is for them.
    fn in_a_small_room(self) -> (bool, bool) {
        match self {
            Self::Plain | Self::InBoth => (true, false),
            Self::Name | Self::Everybody | Self::Word | Self::NameInThread | Self::WordInThread => (true, true),
            Self::InThread | Self::System => (false, false),
        }
    }

    /// Whether it calls the member and not the room.
    fn calls(self) -> bool {
        matches!(self, Self::Name | Self::Word | Self::NameInThread | Self::WordInThread)
    }
}

/// Whether a member is to be notified who chose `user` everywhere and `room` for this room.
pub(super) fn is_notified(said: Said, default: &str, user: &str, room: &str, crowded: bool) -> bool {
    let chosen = [room, user, default].into_iter().find(|level| *level != "default").unwrap();
    let (all, mentions) = said.in_a_small_room();
    let in_a_small_room = match chosen {
        "all" => all,
        "mentions" => mentions,
        _ => false,
    };
    in_a_small_room && (!crowded || said.calls() || room == "all")
}
