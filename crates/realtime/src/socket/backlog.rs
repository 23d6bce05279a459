//! Messages that wait for their turn.

use super::Limits;
use std::collections::VecDeque;

/// Messages in their order. Owns no memory while it is empty.
#[derive(Debug, Default)]
pub(crate) struct Backlog {
    messages: VecDeque<Box<str>>,
    bytes: usize,
}

impl Backlog {
    /// Whether one more may come, of whatever size a message may have.
    pub(crate) fn has_room(&self, limits: &Limits) -> bool {
        self.messages.len() < limits.backlog_messages as usize && self.bytes < limits.backlog_bytes as usize
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    pub(crate) fn push(&mut self, text: Box<str>) {
        self.bytes += text.len();
        self.messages.push_back(text);
    }

    pub(crate) fn pop(&mut self) -> Option<Box<str>> {
        let text = self.messages.pop_front()?;
        self.bytes -= text.len();
        if self.messages.is_empty() {
            self.messages = VecDeque::new();
        }
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bounds_are_exact() {
        let limits = Limits { backlog_messages: 3, backlog_bytes: 10, ..Limits::default() };
        let mut backlog = Backlog::default();
        for _ in 0..3 {
            assert!(backlog.has_room(&limits));
            backlog.push("x".into());
        }
        assert!(!backlog.has_room(&limits));
        backlog.pop();
        assert!(backlog.has_room(&limits));
        backlog.push("12345678".into());
        backlog.pop();
        assert_eq!((backlog.messages.len(), backlog.bytes), (2, 9));
        assert!(backlog.has_room(&limits));
    }

    #[test]
    fn an_empty_one_owns_nothing() {
        let mut backlog = Backlog::default();
        backlog.push("x".into());
        assert_eq!(backlog.pop().as_deref(), Some("x"));
        assert_eq!((backlog.messages.capacity(), backlog.bytes), (0, 0));
    }
}
