//! What users and channels may be called, as the operator sets it.

/// The characters of a name, from a setting such as `[0-9a-zA-Z-_.]+`.
#[derive(Debug, Clone, PartialEq)]
pub struct Names {
    ranges: Vec<(char, char)>,
}

impl Default for Names {
    /// `[0-9a-zA-Z-_.]+`.
    fn default() -> Self {
        Self { ranges: vec![('0', '9'), ('a', 'z'), ('A', 'Z'), ('-', '-'), ('_', '_'), ('.', '.')] }
    }
}

impl Names {
    /// Reads a setting that is one class of characters, repeated: `[…]+`, with ranges, `\d`, `\w`, `\uXXXX` and signs
    /// after a backslash. Anything else is `None`: what a pattern in general costs to match has no bound.
    pub fn from_pattern(pattern: &str) -> Option<Self> {
        let class = pattern.strip_prefix('[')?.strip_suffix("]+")?;
        if class.starts_with('^') {
            return None;
        }
        let mut ranges = Vec::new();
        let mut rest = class.chars();
        while let Some(member) = member(&mut rest)? {
            match member {
                Member::Ranges(several) => ranges.extend_from_slice(several),
                Member::One(first) => ranges.push((first, range_end(&mut rest, first)?)),
            }
        }
        (!ranges.is_empty()).then_some(Self { ranges })
    }

    /// Whether a name may hold the character.
    pub fn allow(&self, c: char) -> bool {
        self.ranges.iter().any(|&(first, last)| first <= c && c <= last)
    }
}

enum Member {
    One(char),
    Ranges(&'static [(char, char)]),
}

const DIGITS: &[(char, char)] = &[('0', '9')];
const WORD: &[(char, char)] = &[('0', '9'), ('a', 'z'), ('A', 'Z'), ('_', '_')];

/// The next member of the class: `Some(None)` at its end, `None` where it is not understood.
fn member(rest: &mut std::str::Chars<'_>) -> Option<Option<Member>> {
    let Some(c) = rest.next() else { return Some(None) };
    Some(Some(match c {
        '[' | ']' => return None,
        '\\' => escaped(rest)?,
        one => Member::One(one),
    }))
}

fn escaped(rest: &mut std::str::Chars<'_>) -> Option<Member> {
    match rest.next()? {
        'd' => Some(Member::Ranges(DIGITS)),
        'w' => Some(Member::Ranges(WORD)),
        'u' => {
            let code = rest.as_str().get(..4)?;
            *rest = rest.as_str()[4..].chars();
            char::from_u32(u32::from_str_radix(code, 16).ok()?).map(Member::One)
        }
        letter if letter.is_alphanumeric() => None,
        sign => Some(Member::One(sign)),
    }
}

/// The last character of a range, if a hyphen makes one of what was read; a hyphen before a class or the end stands
/// for itself.
fn range_end(rest: &mut std::str::Chars<'_>, first: char) -> Option<char> {
    let mut ahead = rest.clone();
    if ahead.next() != Some('-') {
        return Some(first);
    }
    match member(&mut ahead)? {
        Some(Member::One(last)) => {
            *rest = ahead;
            (first <= last).then_some(last)
        }
        _ => Some(first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_published_setting() {
        assert_eq!(Names::from_pattern("[0-9a-zA-Z-_.]+"), Some(Names::default()));
    }

    #[test]
    fn reads_escapes_and_other_scripts() {
        let names = Names::from_pattern(r"[\w\-.\u4e00-\u9fa5]+").unwrap();
        assert!("aZ9_-.中".chars().all(|c| names.allow(c)));
        assert!(" @#é".chars().all(|c| !names.allow(c)));
    }

    #[test]
    fn refuses_what_it_does_not_understand() {
        for pattern in
            ["", ".*", "[a-z]*", "[^a]+", "[z-a]+", r"[\p{L}]+", "[]+", "[[a]]+", r"[\u12]+", "(a)+", r"[\u00é]+"]
        {
            assert_eq!(Names::from_pattern(pattern), None, "{pattern}");
        }
    }
}
