//! Mentions and addresses in a text, without its tree: what sending a message needs before all else.

use std::collections::HashSet;

use crate::names::Names;

const FENCE: &str = "```";
/// How long the scheme before `://` is.
const SCHEME: std::ops::RangeInclusive<usize> = 3..=9;

/// What names look like, by `UTF8_User_Names_Validation` and `UTF8_Channel_Names_Validation`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Naming {
    /// Of users.
    pub users: Names,
    /// Of channels.
    pub channels: Names,
}

/// What a text mentions, each once, in the order of the text; nothing of it from within code.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// What follows an `@` at the start, after white space or `>`, with `@server` or `:server` where that is written.
    pub users: Vec<String>,
    /// What follows a `#` there.
    pub channels: Vec<String>,
    /// Addresses with a scheme and `//`.
    pub urls: Vec<String>,
}

/// Finds the mentions and addresses of a text.
pub fn scan(text: &str, naming: &Naming) -> Found {
    let mut scanner = Scanner {
        text,
        naming,
        pos: 0,
        users: Unique::default(),
        channels: Unique::default(),
        urls: Unique::default(),
    };
    scanner.run();
    Found { users: scanner.users.list(), channels: scanner.channels.list(), urls: scanner.urls.list() }
}

#[derive(Default)]
struct Unique<'a> {
    seen: HashSet<&'a str>,
    order: Vec<&'a str>,
}

impl<'a> Unique<'a> {
    fn add(&mut self, one: &'a str) {
        if self.seen.insert(one) {
            self.order.push(one);
        }
    }

    fn list(self) -> Vec<String> {
        self.order.into_iter().map(str::to_owned).collect()
    }
}

struct Scanner<'a> {
    text: &'a str,
    naming: &'a Naming,
    pos: usize,
    users: Unique<'a>,
    channels: Unique<'a>,
    urls: Unique<'a>,
}

impl<'a> Scanner<'a> {
    fn run(&mut self) {
        let mut fences = true;
        while let Some(offset) = self.text[self.pos..].find(['@', '#', '`', ':']) {
            self.pos += offset;
            match self.text.as_bytes()[self.pos] {
                b'`' if fences && self.text[self.pos..].starts_with(FENCE) => fences = self.skip_fenced(),
                b'`' => self.skip_code(),
                b':' => self.address(),
                b'@' => self.user(),
                _ => self.channel(),
            }
        }
    }

    /// Steps over code between fences; where no fence closes it, none ever will.
    fn skip_fenced(&mut self) -> bool {
        let inside = self.pos + FENCE.len();
        let end = self.text[inside..].find(FENCE);
        self.pos = end.map_or(inside, |end| inside + end + FENCE.len());
        end.is_some()
    }

    /// Steps over code on a line, or over a backtick that opens none.
    fn skip_code(&mut self) {
        let inside = self.pos + 1;
        let end = self.text[inside..].find(['`', '\n']);
        let closes = |&end: &usize| self.text.as_bytes()[inside + end] == b'`';
        self.pos = end.filter(closes).map_or(inside, |end| inside + end + 1);
    }

    fn user(&mut self) {
        let start = self.pos + 1;
        let alone = self.stands_alone();
        let mut end = self.name_end(start, &self.naming.users);
        if end > start {
            end = self.part_end(end, '@', &self.naming.users);
            end = self.part_end(end, ':', &Names::default());
        }
        self.pos = end;
        if alone && end > start {
            self.users.add(&self.text[start..end]);
        }
    }

    fn channel(&mut self) {
        let start = self.pos + 1;
        let alone = self.stands_alone();
        let mut end = self.name_end(start, &self.naming.channels);
        if end > start {
            end = self.part_end(end, '@', &self.naming.channels);
        }
        self.pos = end;
        if alone && end > start {
            self.channels.add(&self.text[start..end]);
        }
    }

    /// Whether the sign stands where a mention may start.
    fn stands_alone(&self) -> bool {
        self.text[..self.pos].chars().next_back().is_none_or(|c| c.is_whitespace() || c == '>')
    }

    fn name_end(&self, start: usize, names: &Names) -> usize {
        let rest = &self.text[start..];
        start + rest.find(|c| !names.allow(c)).unwrap_or(rest.len())
    }

    /// Where a further part of a name ends, after its sign; `end` where there is none.
    fn part_end(&self, end: usize, sign: char, names: &Names) -> usize {
        let Some(part) = self.text[end..].strip_prefix(sign).map(|rest| self.text.len() - rest.len()) else {
            return end;
        };
        let part_end = self.name_end(part, names);
        if part_end > part { part_end } else { end }
    }

    /// An address, found by its colon.
    fn address(&mut self) {
        let colon = self.pos;
        self.pos += 1;
        if !self.text[colon..].starts_with("://") {
            return;
        }
        let before = self.text.as_bytes()[..colon].iter().rev();
        let scheme = before.take(*SCHEME.end()).take_while(|byte| byte.is_ascii_alphabetic()).count();
        if !SCHEME.contains(&scheme) {
            return;
        }
        let host = colon + "://".len();
        let end = self.address_end(host);
        if end > host {
            self.urls.add(&self.text[colon - scheme..end]);
            self.pos = end;
        }
    }

    /// Where an address ends: at white space, at a sign no address holds, or at the parenthesis that closes what it
    /// stands in; the punctuation behind it is the sentence's.
    fn address_end(&self, start: usize) -> usize {
        let mut open = 0_usize;
        let ends = |c: char| match c {
            '(' => {
                open += 1;
                false
            }
            ')' => {
                let within = open > 0;
                open = open.saturating_sub(1);
                !within
            }
            c => c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '|' | '`' | '\\'),
        };
        let rest = &self.text[start..];
        let whole = &rest[..rest.find(ends).unwrap_or(rest.len())];
        start + whole.trim_end_matches(['.', ',', '!', '?', ';', ':', '\'', '*', '_', '~', '(']).len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> [String; 3] {
        let found = scan(text, &Naming::default());
        [found.users.join(" "), found.channels.join(" "), found.urls.join(" ")]
    }

    #[test]
    fn finds_mentions_where_they_stand_alone() {
        assert_eq!(found("@ann hi @bob\n@ann >@cy x@dan (@eve @all")[0], "ann bob cy all");
        assert_eq!(found("#general and #a.b-c_d x#no")[1], "general a.b-c_d");
        assert_eq!(found("@ann@remote.org @bob:remote.org @cy: @dan@ @")[0], "ann@remote.org bob:remote.org cy dan");
    }

    #[test]
    fn finds_addresses_without_the_sentence_around_them() {
        assert_eq!(
            found("see https://a.com/x?y=1#z. (http://b.com/(c)), <ftp://d.com|d>")[2],
            "https://a.com/x?y=1#z http://b.com/(c) ftp://d.com"
        );
        assert_eq!(found("[a](https://a.com/b) https://a.com/b")[2], "https://a.com/b");
        assert_eq!(found("a://b.com :// x: http:// https://")[2], "");
        assert_eq!(found("https://a.com/@ann#b")[0], "");
    }

    #[test]
    fn leaves_code_alone() {
        assert_eq!(found("`@ann http://a.com` ```\n@bob\n``` @cy")[0], "cy");
        assert_eq!(found("` @ann\n``` @bob")[0], "ann bob");
    }

    #[test]
    fn names_follow_the_setting() {
        let naming = Naming { users: Names::from_pattern(r"[\u4e00-\u9fa5]+").unwrap(), ..Naming::default() };
        assert_eq!(scan("@中文 @ann", &naming).users, ["中文"]);
    }
}
