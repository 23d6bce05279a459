//! Highlight words: who wants to be told of messages that hold which.
//!
//! Few have any, so all are kept in memory. A message is walked once whatever their number: words are found by their
//! first two bytes.

use gantry_model::{Result, RoomId, UserId};
use gantry_store::Conn;
use std::collections::{HashMap, HashSet};
use std::sync::{PoisonError, RwLock};

/// The words of everybody who has some.
#[derive(Default)]
pub(crate) struct Highlights(RwLock<Index>);

#[derive(Default)]
struct Index {
    /// Whose words there are, lower-cased.
    of: HashMap<UserId, Vec<String>>,
    /// Who wants which word.
    wanted: HashMap<String, Vec<UserId>>,
    /// The words that begin with two bytes; a word of one byte is filled up with a zero.
    beginning: HashMap<[u8; 2], Vec<String>>,
}

impl Highlights {
    /// What the store holds.
    pub(crate) fn of(stored: Vec<(UserId, Vec<String>)>) -> Self {
        let mut index = Index::default();
        for (uid, words) in stored {
            index.set(&uid, &words);
        }
        Self(RwLock::new(index))
    }

    /// Replaces somebody's words.
    pub(crate) fn set(&self, uid: &UserId, words: &[String]) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).set(uid, words);
    }

    /// Who has a word that occurs in the text, in any case.
    pub(crate) fn in_text(&self, text: &str) -> Vec<UserId> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).in_text(text)
    }
}

impl Index {
    fn set(&mut self, uid: &UserId, words: &[String]) {
        for word in self.of.remove(uid).unwrap_or_default() {
            self.forget(uid, &word);
        }
        let words: HashSet<String> =
            words.iter().map(|word| word.to_lowercase()).filter(|word| !word.is_empty()).collect();
        for word in &words {
            let users = self.wanted.entry(word.clone()).or_default();
            if users.is_empty() {
                self.beginning.entry(beginning(word.as_bytes())).or_default().push(word.clone());
            }
            users.push(uid.clone());
        }
        if !words.is_empty() {
            self.of.insert(uid.clone(), words.into_iter().collect());
        }
    }

    fn forget(&mut self, uid: &UserId, word: &str) {
        let Some(users) = self.wanted.get_mut(word) else { return };
        users.retain(|user| user != uid);
        if users.is_empty() {
            self.wanted.remove(word);
            let start = beginning(word.as_bytes());
            let words = self.beginning.entry(start).or_default();
            words.retain(|other| other != word);
            if words.is_empty() {
                self.beginning.remove(&start);
            }
        }
    }

    fn in_text(&self, text: &str) -> Vec<UserId> {
        if self.of.is_empty() {
            return Vec::new();
        }
        let text = text.to_lowercase();
        let (mut words, mut users) = (HashSet::new(), HashSet::new());
        for (at, _) in text.char_indices() {
            let rest = &text[at..];
            let start = beginning(rest.as_bytes());
            for start in [start, [start[0], 0]] {
                let candidates = self.beginning.get(&start).into_iter().flatten();
                for word in candidates.filter(|word| rest.starts_with(word.as_str())) {
                    if words.insert(word) {
                        users.extend(self.wanted.get(word).into_iter().flatten());
                    }
                }
            }
        }
        users.into_iter().cloned().collect()
    }
}

fn beginning(bytes: &[u8]) -> [u8; 2] {
    [bytes.first().copied().unwrap_or_default(), bytes.get(1).copied().unwrap_or_default()]
}

/// Those of `users` who are members of the room. Nothing is read for none.
pub(crate) fn members(db: &mut Conn, rid: &RoomId, users: &[UserId]) -> Result<Vec<UserId>> {
    if users.is_empty() {
        return Ok(Vec::new());
    }
    Ok(db.subscriptions().some(rid, users)?.into_iter().map(|seat| seat.uid).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(highlights: &Highlights, uid: &str, words: &[&str]) {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        highlights.set(&uid.into(), &words);
    }

    fn found(highlights: &Highlights, text: &str) -> Vec<String> {
        let mut users: Vec<String> = highlights.in_text(text).iter().map(ToString::to_string).collect();
        users.sort();
        users
    }

    #[test]
    fn words_are_found_anywhere_in_any_case() {
        let highlights = Highlights::default();
        set(&highlights, "ann", &["Deploy", "é", "x"]);
        set(&highlights, "bob", &["deploy", "über uns"]);
        assert_eq!(found(&highlights, "we REDEPLOYED it"), ["ann", "bob"]);
        assert_eq!(found(&highlights, "ÜBER UNS"), ["bob"]);
        assert_eq!(found(&highlights, "É"), ["ann"]);
        assert_eq!(found(&highlights, "box"), ["ann"]);
        assert_eq!(found(&highlights, "nothing of it, depl"), [""; 0]);
        assert_eq!(found(&highlights, ""), [""; 0]);
    }

    #[test]
    fn changed_words_hold_at_once() {
        let highlights = Highlights::of(vec![("ann".into(), vec!["one".into()]), ("bob".into(), vec!["one".into()])]);
        set(&highlights, "ann", &["two", "TWO"]);
        assert_eq!(found(&highlights, "one two"), ["ann", "bob"]);
        set(&highlights, "bob", &[]);
        assert_eq!(found(&highlights, "one"), [""; 0]);
        set(&highlights, "ann", &[]);
        let index = highlights.0.read().unwrap();
        assert!(index.of.is_empty() && index.wanted.is_empty() && index.beginning.is_empty());
    }
}
