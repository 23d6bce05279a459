//! Slash commands: the third front of the operations.
