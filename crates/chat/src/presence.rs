//! Who is connected, and how.

/// The connections of this node's users.
#[derive(Default)]
pub struct Presence {}
