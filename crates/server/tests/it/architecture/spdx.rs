//! SPDX expressions, as far as crates use them: names, `AND`, `OR`, `WITH`, brackets, and `/` for an old `OR`.

use std::iter::Peekable;
use std::str::SplitWhitespace;

/// Whether the expression lets us choose licences of `list` only.
pub(super) fn allowed(expression: &str, list: &[String]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut reader = Reader { words: spaced.split_whitespace().peekable(), list };
    reader.any() && reader.words.next().is_none()
}

struct Reader<'a> {
    words: Peekable<SplitWhitespace<'a>>,
    list: &'a [String],
}

impl Reader<'_> {
    fn any(&mut self) -> bool {
        let mut found = self.all();
        while self.words.next_if_eq(&"OR").is_some() {
            found |= self.all();
        }
        found
    }

    fn all(&mut self) -> bool {
        let mut every = self.one();
        while self.words.next_if_eq(&"AND").is_some() {
            every &= self.one();
        }
        every
    }

    fn one(&mut self) -> bool {
        match self.words.next() {
            Some("(") => self.any() & self.words.next_if_eq(&")").is_some(),
            Some(name) => {
                // An exception only ever permits more.
                if self.words.next_if_eq(&"WITH").is_some() {
                    self.words.next();
                }
                self.list.iter().any(|allowed| allowed == name)
            }
            None => false,
        }
    }
}

#[test]
fn expressions_are_understood() {
    let list = ["MIT", "Apache-2.0", "ISC"].map(str::to_owned);
    for good in
        ["MIT", "MIT/Apache-2.0", "GPL-3.0 OR MIT", "(MIT OR GPL-2.0) AND ISC", "Apache-2.0 WITH LLVM-exception OR X"]
    {
        assert!(allowed(good, &list), "{good}");
    }
    for bad in ["GPL-3.0", "MIT AND GPL-3.0", "(MIT", "MIT)", "", "OpenSSL AND (MIT OR ISC)", "none stated"] {
        assert!(!allowed(bad, &list), "{bad}");
    }
}
