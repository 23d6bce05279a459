//! Addresses found in the text: of the web, of mail, of telephones.

use crate::chars::{self, BLANK, HOST, HOST_JOINED, LINE_END, LOGIN, MAIL_SIGN, SCHEME, TARGET, TRAILING};
use crate::host;
use crate::parser::Parser;
use crate::tape::{Event, Span, Target};

/// Telephone numbers with fewer digits are no links.
const SHORTEST_NUMBER: usize = 5;

/// The longest scheme before `://`.
const LONGEST_SCHEME: usize = 32;

const MAIL_SCHEME: &str = "mailto:";

/// Labels of a host name that were measured. Two, because a hyphen or underscore takes in what follows it: whoever
/// starts between the two reads on differently.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Labels([Label; 2]);

/// A label from a place where a reader stands to its end.
#[derive(Debug, Default, Clone, Copy)]
struct Label {
    reader: usize,
    end: usize,
}

impl Label {
    /// Whether its reader passed over this place.
    fn surrounds(self, at: usize) -> bool {
        self.reader == at + 1 && at < self.end
    }
}

impl Parser<'_> {
    /// `+`, a number, and one more group of digits; the first group may stand in parentheses.
    pub(crate) fn phone(&mut self) -> bool {
        let Some(end) = self.phone_end(self.pos) else { return false };
        let number = Span { start: self.pos, end };
        let digits = number.of(self.text).bytes().filter(u8::is_ascii_digit).count();
        let link = |span| Event::AutoLink(Target::Phone(span), span);
        self.take(end, if digits < SHORTEST_NUMBER { Event::Text } else { link })
    }

    /// Where the telephone number ends that starts here.
    pub(crate) fn phone_end(&mut self, at: usize) -> Option<usize> {
        if self.byte(at) != Some(b'+') {
            return None;
        }
        let prefix = at + 1;
        let Some(digits) = self.digits_end(prefix) else { return self.prefixed_end(prefix) };
        Some(self.extension_end(digits).unwrap_or(digits))
    }

    /// Where it ends when it starts with a parenthesis.
    fn prefixed_end(&mut self, at: usize) -> Option<usize> {
        let digits = if self.byte(at) == Some(b'(') { self.digits_end(at + 1)? } else { return None };
        let closed = if self.byte(digits) == Some(b')') { digits + 1 } else { return None };
        self.extension_end(closed).or_else(|| {
            let end = self.digits_end(closed)?;
            Some(self.extension_end(end).unwrap_or(end))
        })
    }

    fn extension_end(&mut self, at: usize) -> Option<usize> {
        if self.byte(at) == Some(b'-') { self.digits_end(at + 1) } else { None }
    }

    fn digits_end(&mut self, at: usize) -> Option<usize> {
        let end = self.run_of(at, |byte| byte.is_ascii_digit());
        (end > at).then_some(end)
    }

    /// `name@host`, with or without `mailto:`.
    pub(crate) fn mail(&mut self) -> bool {
        let scheme = if self.has(self.pos, MAIL_SCHEME) { MAIL_SCHEME.len() } else { 0 };
        let start = self.pos + scheme;
        if !self.closes_after(start, |last| last.at_sign) || self.known.no_mail.holds(start) {
            return false;
        }
        let Some(name) = self.mail_name_end(start) else { return false };
        let host = if self.byte(name) == Some(b'@') { self.host_end(name + 1) } else { None };
        let Some(end) = host else {
            self.known.no_mail = Span { start, end: name };
            return false;
        };
        self.pos = start;
        let link = |span| Event::AutoLink(Target::Mail(span), span);
        let leads = host::takes_mail(&self.text[start..end]);
        self.take(end, if leads { link } else { Event::Text })
    }

    /// Letters with signs behind them, in groups with full stops between.
    fn mail_name_end(&mut self, start: usize) -> Option<usize> {
        let mut end = self.mail_group_end(start)?;
        while self.byte(end) == Some(b'.') {
            match self.mail_group_end(end + 1) {
                Some(next) => end = next,
                None => break,
            }
        }
        Some(end)
    }

    fn mail_group_end(&mut self, start: usize) -> Option<usize> {
        let first = self.char(start).filter(|&c| chars::is_mail_letter(c))?;
        let rest = &self.text[start + first.len_utf8()..];
        let belongs =
            |c: char| chars::is_mail_letter(c) || u8::try_from(c).is_ok_and(|byte| chars::is(byte, MAIL_SIGN));
        let length = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        self.meter.spend(length);
        Some(start + first.len_utf8() + length)
    }

    /// A web address, with or without a scheme. One that leads nowhere known is text.
    pub(crate) fn address(&mut self) -> bool {
        let Some(head) = self.address_head(self.pos) else { return false };
        let end = self.token_end(head);
        let written = &self.text[self.pos..end];
        if !host::is_known(written, &self.options.custom_domains) {
            return self.take(end, Event::Text);
        }
        let whole = written.starts_with("//") || host::is_url(written);
        let target = if whole { Target::Written } else { Target::Host };
        self.take(end, |span| Event::AutoLink(target(span), span))
    }

    /// Where an address ends that stands in text which is no link: it does not go past a closing parenthesis.
    pub(crate) fn address_end(&mut self, at: usize) -> Option<usize> {
        let head = self.address_head(at)?;
        Some(self.address_body_end(head))
    }

    /// Where scheme, host and port end.
    pub(crate) fn address_head(&mut self, at: usize) -> Option<usize> {
        if !self.is(at, HOST | SCHEME | LOGIN) {
            return None;
        }
        self.schemed_end(at).or_else(|| self.host_and_port_end(at))
    }

    fn schemed_end(&mut self, at: usize) -> Option<usize> {
        let slashes = self.scheme_end(at)?;
        if !self.has(slashes, "//") || self.known.no_authority_at == Some(slashes) {
            return None;
        }
        let host = self.login_end(slashes + 2);
        let end = self.host_and_port_end(host);
        if end.is_none() {
            self.known.no_authority_at = Some(slashes);
        }
        end
    }

    /// Where the scheme ends that starts here, after its colon.
    pub(crate) fn scheme_end(&mut self, at: usize) -> Option<usize> {
        let end = self.known_run(at, SCHEME, |known| &mut known.schemes);
        let fits = (1..=LONGEST_SCHEME).contains(&(end - at));
        (fits && self.byte(end) == Some(b':')).then_some(end + 1)
    }

    /// Where `user:password@` ends, if it is there.
    fn login_end(&mut self, at: usize) -> usize {
        let user = self.run(at, LOGIN);
        let password = if self.byte(user) == Some(b':') { self.run(user + 1, LOGIN) } else { user };
        let end = if password > user + 1 { password } else { user };
        if user > at && self.byte(end) == Some(b'@') { end + 1 } else { at }
    }

    fn host_and_port_end(&mut self, at: usize) -> Option<usize> {
        let host = self.host_end(at)?;
        let port = if self.byte(host) == Some(b':') { self.digits_end(host + 1) } else { None };
        Some(port.unwrap_or(host))
    }

    /// Where the host name ends: labels with full stops between, or `localhost`.
    fn host_end(&mut self, at: usize) -> Option<usize> {
        if self.has(at, "localhost") {
            return Some(at + "localhost".len());
        }
        let first = if self.byte(at) == Some(b'_') { at } else { self.known_label_end(at) };
        let mut end = first;
        while first > at && self.byte(end) == Some(b'.') {
            match self.label_end(end + 1) {
                label if label > end + 1 => end = label,
                _ => break,
            }
        }
        (end > first).then_some(end)
    }

    /// Where a label of a host name ends; where it would start if there is none.
    fn label_end(&mut self, start: usize) -> usize {
        let mut end = start;
        while let Some(next) = self.label_step(end) {
            self.meter.spend(1);
            end = next;
        }
        end
    }

    /// The same, measured once for all who read alike.
    fn known_label_end(&mut self, at: usize) -> usize {
        let mut known = self.known.labels.0;
        let joined = self.joined_label_end(&mut known, at);
        self.known.labels.0 = known;
        joined.unwrap_or_else(|| self.measure_label(at, known))
    }

    /// Measures a label up to where another reader stands too.
    fn measure_label(&mut self, at: usize, mut known: [Label; 2]) -> usize {
        // Where a label known already is read differently from here, it stays: there is no third way to read it.
        let slot = usize::from(known[0].surrounds(at));
        let mut end = at;
        while let Some(next) = self.label_step(end) {
            self.meter.spend(1);
            end = next;
            if let Some(joined) = self.joined_label_end(&mut known, end) {
                end = joined;
                break;
            }
        }
        self.known.labels.0[slot] = Label { reader: at, end };
        end
    }

    /// The end of a label whose reader, moving on, stands here too.
    fn joined_label_end(&mut self, labels: &mut [Label; 2], at: usize) -> Option<usize> {
        labels.iter_mut().filter(|label| label.reader <= at && at < label.end).find_map(|label| {
            while label.reader < at {
                self.meter.spend(1);
                label.reader = self.label_step(label.reader).unwrap_or(label.end);
            }
            (label.reader == at).then_some(label.end)
        })
    }

    /// Past one character of a label, or past a hyphen or underscore with the character it joins.
    fn label_step(&self, at: usize) -> Option<usize> {
        let next = match self.byte(at)? {
            b'-' | b'_' => at + 1,
            byte if chars::is(byte, HOST) => return Some(at + 1),
            _ => return None,
        };
        self.is(next, HOST_JOINED).then_some(next + 1)
    }

    /// Where the word ends, without the punctuation that closes it.
    fn token_end(&mut self, head: usize) -> usize {
        let end = self.run_of(head, |byte| !chars::is(byte, BLANK | LINE_END));
        let word = &self.text.as_bytes()[head..end];
        end - word.iter().rev().take_while(|&&byte| chars::is(byte, TRAILING)).count()
    }

    /// Where the rest of an address ends, punctuation before a blank left out.
    pub(crate) fn address_body_end(&mut self, head: usize) -> usize {
        let mut end = head;
        loop {
            end = self.run_of(end, |byte| chars::is(byte, TARGET) && !chars::is(byte, TRAILING | BLANK));
            let trailing = self.run(end, TRAILING);
            if trailing == end || self.ends_line(trailing) || self.is(trailing, BLANK) {
                return end;
            }
            if let Some(closing) = self.text[end..trailing].find(')') {
                return end + closing;
            }
            end = trailing;
        }
    }
}
