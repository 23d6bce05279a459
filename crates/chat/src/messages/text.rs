//! A text as it was read: its tree, its addresses, and whom it names.

use super::mentions::Mentions;
use super::quotes::{self, Link, Quotes};
use crate::Chat;
use gantry_markup as markup;
use gantry_model::push_text;

/// The most bytes of a tree. Marks on every letter make forty times the text, for everybody in the room and in every
/// picture of it; clients read such a text themselves.
const LARGEST_TREE: usize = 32 * 1024;

/// What is done with the addresses in a text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Addresses<'a> {
    /// They are not looked at.
    pub(super) ignored: bool,
    /// Previews are wanted for these alone, and for this server's own.
    pub(super) previewed: Option<&'a [String]>,
}

/// Read once, before a write begins: the writer has better things to do.
pub(super) struct Text {
    /// Whom and what it names.
    pub(super) found: markup::Found,
    /// `{"msg":…,"md":…,"urls":[…]`, the beginning of the body; without a tree that is too large.
    head: String,
}

/// Whom and what a text names.
pub(super) fn scan(chat: &Chat, msg: &str) -> markup::Found {
    markup::scan(msg, &chat.state().reading().naming)
}

impl Addresses<'_> {
    /// The links to messages of this server among those that were found.
    pub(super) fn links(&self, chat: &Chat, found: &markup::Found) -> Vec<Link> {
        if self.ignored || found.urls.is_empty() {
            return Vec::new();
        }
        quotes::links(&chat.settings().hot().site_url, &found.urls)
    }
}

impl Text {
    pub(super) fn of(chat: &Chat, msg: &str, found: markup::Found, addresses: Addresses<'_>, quotes: &Quotes) -> Self {
        let reading = chat.state().reading();
        let mut head = String::with_capacity(msg.len() * 3 + 128);
        head.push_str("{\"msg\":");
        push_text(&mut head, msg);
        let bare = head.len();
        if !msg.is_empty() {
            head.push_str(",\"md\":");
            markup::write_json(msg, &reading.options, &mut head);
        }
        if head.len() - bare > LARGEST_TREE {
            head.truncate(bare);
        }
        head.push_str(",\"urls\":[");
        if !addresses.ignored && !found.urls.is_empty() {
            push_urls(chat, &found.urls, (addresses.previewed, quotes), &mut head);
        }
        head.push(']');
        Self { found, head }
    }

    /// The body: everything of a message's document that never changes. `rest` is further members, each after a comma.
    pub(super) fn body(&self, mentions: &Mentions, rest: &str) -> String {
        let mut body = String::with_capacity(self.head.len() + rest.len() + 64);
        body.push_str(&self.head);
        mentions.push(&mut body);
        body.push_str(rest);
        body.push('}');
        body
    }
}

/// What is quoted needs no preview.
fn push_urls(chat: &Chat, urls: &[String], (previewed, quotes): (Option<&[String]>, &Quotes), out: &mut String) {
    let settings = chat.settings();
    let own = settings.hot().site_url.as_str();
    let is_own = |url: &str| !own.is_empty() && url.starts_with(own);
    for (at, url) in urls.iter().enumerate() {
        out.push_str(if at == 0 { "{\"url\":" } else { ",{\"url\":" });
        push_text(out, url);
        out.push_str(",\"meta\":{}");
        if quotes.has(url) || (previewed.is_some_and(|wanted| !wanted.contains(url)) && !is_own(url)) {
            out.push_str(",\"ignoreParse\":true");
        }
        out.push('}');
    }
}
