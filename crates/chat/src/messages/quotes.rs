//! Quotes: a link to a message of this server becomes an attachment that says who wrote what there.
//!
//! What is quoted is what stood there when the link was written, to whoever reads the message: only what its sender may
//! read is quoted. Nothing is read for a text without such a link.

use super::change::members;
use crate::{Caller, Chat, access, avatars, people, subscriptions};
use gantry_model::{Message, MessageId, Person, Result, push_instant, push_json, push_text};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// Messages that one message can quote; further links are only links.
const MOST: usize = 10;
/// The quotes of one message together, at most, in bytes of JSON.
const LARGEST: usize = 64 << 10;
/// The id of a message, at most, in bytes.
const LONGEST_ID: usize = 100;
/// What marks an attachment as a quote.
const MARK: &str = "message_link";

/// A link in a text that leads to a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    url: String,
    id: MessageId,
}

/// Those of the addresses in a text that lead to messages of the server that is reached at `site`.
pub(super) fn links(site: &str, urls: &[String]) -> Vec<Link> {
    let link = |url: &String| Some(Link { url: url.clone(), id: linked(site, url)? });
    urls.iter().filter_map(link).take(MOST).collect()
}

/// The message that an address leads to: `<site>/channel/<name>?msg=<id>`, with `group` or `direct` as well.
fn linked(site: &str, url: &str) -> Option<MessageId> {
    let path = url.strip_prefix(site).filter(|_| !site.is_empty())?.strip_prefix('/')?;
    let (path, query) = path.split_once('#').map_or(path, |(before, _)| before).split_once('?')?;
    if !matches!(path.split_once('/')?.0, "channel" | "group" | "direct") {
        return None;
    }
    let mut named = query.split('&').filter_map(|one| one.strip_prefix("msg="));
    let (Some(id), None) = (named.next(), named.next()) else { return None };
    let id = percent_encoding::percent_decode_str(id).decode_utf8().ok()?;
    let fits = !id.is_empty() && id.len() <= LONGEST_ID && !id.contains(char::is_control);
    fits.then(|| MessageId::from(id.as_ref()))
}

/// What a message quotes: each link beside its attachment.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Quotes(Vec<(String, String)>);

impl Quotes {
    /// Reads what `links` lead to. What is not there, or not for the caller, is not quoted.
    ///
    /// # Errors
    /// Unavailable, when the store is.
    pub(super) async fn of(cx: &Caller, links: Vec<Link>) -> Result<Self> {
        if links.is_empty() {
            return Ok(Self::default());
        }
        let me = cx.clone();
        cx.read(move |db| {
            let mut ids: Vec<MessageId> = links.iter().map(|link| link.id.clone()).collect();
            ids.sort_unstable();
            ids.dedup();
            let messages = access::messages(&me, db, &ids)?;
            let people = people::named_in(me.chat(), db, messages.iter().map(|message| &message.author))?;
            let mut quotes = Self::default();
            for Link { url, id } in links {
                if let Some(message) = messages.iter().find(|message| message.id == id) {
                    quotes.add(me.chat(), url, message, people.get(&message.author).map(AsRef::as_ref));
                }
            }
            Ok(quotes)
        })
        .await
    }

    /// What `message` quotes once its text has other `links`. Another's links are never followed with the rights of who
    /// edits: what was quoted under them stays, and what was not is not.
    ///
    /// # Errors
    /// Unavailable, when the store is.
    pub(super) async fn edited(cx: &Caller, message: &Message, links: Vec<Link>) -> Result<Self> {
        if message.author == *cx.id() || links.is_empty() {
            return Self::of(cx, links).await;
        }
        let body = members(&message.body);
        let old: String = body.get("msg").and_then(|msg| serde_json::from_str(msg.get()).ok()).unwrap_or_default();
        let order: Vec<String> = links.iter().map(|link| link.url.clone()).collect();
        let new = links.into_iter().filter(|link| !old.contains(&link.url)).collect();
        let mut quotes = Self::of(cx, new).await?;
        quotes.0.extend(attachments(&body).iter().filter_map(|one| Some((link_of(one)?, one.get().to_owned()))));
        quotes.0.retain(|(link, _)| order.contains(link));
        quotes.0.sort_by_key(|(link, _)| order.iter().position(|one| one == link));
        Ok(quotes)
    }

    /// Whether what this address leads to is quoted.
    pub(super) fn has(&self, url: &str) -> bool {
        self.0.iter().any(|(link, _)| link == url)
    }

    /// The quotes' attachments, as JSON.
    pub(super) fn attachments(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, attachment)| attachment.as_str())
    }

    /// The bytes of its attachments.
    pub(super) fn size(&self) -> usize {
        self.attachments().map(str::len).sum()
    }

    /// Adds a quote: as much of it as fits.
    fn add(&mut self, chat: &Chat, url: String, message: &Message, author: Option<&Person>) {
        let mut quoted = Quoted::of(chat, &url, message, author);
        let room = LARGEST.saturating_sub(self.size());
        let mut attachment = quoted.write(message);
        if attachment.len() > room {
            quoted.attachments.clear();
            attachment = quoted.write(message);
        }
        if attachment.len() > room {
            quoted.md = None;
            attachment = quoted.write(message);
        }
        if attachment.len() <= room {
            self.0.push((url, attachment));
        }
    }
}

/// What an attachment says of a message.
struct Quoted<'a> {
    link: &'a str,
    text: Option<Box<RawValue>>,
    md: Option<Box<RawValue>>,
    name: String,
    icon: String,
    attachments: Vec<Value>,
}

impl<'a> Quoted<'a> {
    fn of(chat: &Chat, link: &'a str, message: &Message, author: Option<&Person>) -> Self {
        let settings = chat.settings();
        let mut body = members(&message.body);
        let text = |key: &str| body.get(key).and_then(|raw| serde_json::from_str::<String>(raw.get()).ok());
        let alias = text("alias").filter(|alias| !alias.is_empty());
        let username = author.and_then(|author| author.username.as_deref());
        let name = match author {
            Some(author) if settings.hot().message.real_names => subscriptions::shown_name(author),
            _ => username.unwrap_or_default(),
        };
        let attachments = body.get("attachments").and_then(|raw| serde_json::from_str(raw.get()).ok());
        let levels = usize::try_from(settings.int("Message_QuoteChainLimit") - 1).unwrap_or_default();
        Self {
            link,
            name: alias.unwrap_or_else(|| name.to_owned()),
            icon: username.map(|username| avatars::address("", username)).unwrap_or_default(),
            attachments: trimmed(attachments.unwrap_or_default(), levels),
            text: body.remove("msg"),
            md: body.remove("md"),
        }
    }

    fn write(&self, message: &Message) -> String {
        let mut out = String::from("{\"text\":");
        out.push_str(self.text.as_ref().map_or("\"\"", |text| text.get()));
        if let Some(md) = &self.md {
            out.push_str(",\"md\":");
            out.push_str(md.get());
        }
        for (key, value) in [(MARK, self.link), ("author_name", &self.name), ("author_icon", &self.icon)] {
            out.push(',');
            push_text(&mut out, key);
            out.push(':');
            push_text(&mut out, value);
        }
        out.push_str(",\"attachments\":");
        push_json(&mut out, &self.attachments);
        out.push_str(",\"ts\":");
        push_instant(&mut out, message.ts);
        out.push('}');
        out
    }
}

/// Attachments with so many levels of quotes within each other; what else is attached stays.
fn trimmed(mut attachments: Vec<Value>, levels: usize) -> Vec<Value> {
    if levels == 0 {
        attachments.retain(|one| !is_quote(one));
    }
    for one in attachments.iter_mut().filter(|one| is_quote(one)) {
        let Value::Object(fields) = one else { continue };
        let Some(Value::Array(inner)) = fields.get_mut("attachments") else { continue };
        *inner = trimmed(std::mem::take(inner), levels - 1);
        if levels == 1 && inner.is_empty() {
            fields.remove("attachments");
        }
    }
    attachments
}

/// Whether an attachment says of itself that it is a quote. None that a client sends is kept: the server alone says who
/// wrote what.
pub(super) fn is_quote(attachment: &Value) -> bool {
    attachment.get(MARK).is_some()
}

/// The attachments of a body that are no quotes, as JSON.
pub(super) fn others(body: &BTreeMap<String, Box<RawValue>>) -> Vec<Box<RawValue>> {
    let mut attachments = attachments(body);
    attachments.retain(|one| link_of(one).is_none());
    attachments
}

fn attachments(body: &BTreeMap<String, Box<RawValue>>) -> Vec<Box<RawValue>> {
    body.get("attachments").and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or_default()
}

/// The link of a quote.
fn link_of(attachment: &RawValue) -> Option<String> {
    let link = members(attachment.get()).remove(MARK)?;
    Some(serde_json::from_str(link.get()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn links_lead_to_messages_of_this_server() {
        let site = "https://chat.example.org/team";
        let id = |rest: &str| linked(site, &format!("{site}{rest}")).map(|id| id.to_string());
        for (rest, expected) in [
            ("/channel/general?msg=m1", Some("m1")),
            ("/group/plans?x=1&msg=m1&y=2", Some("m1")),
            ("/direct/r1?msg=m%2D1#end", Some("m-1")),
            ("/channel/general/thread/t1?msg=m1", Some("m1")),
            ("/channel/general", None),
            ("/channel/general?msg=", None),
            ("/channel/general?msg=a&msg=b", None),
            ("/channel/general?msg=%00", None),
            ("/channel/general?msg=%FF", None),
            ("/channel/general#?msg=m1", None),
            ("/channel?msg=m1", None),
            ("/live/x?msg=m1", None),
            ("/?msg=m1", None),
            ("?msg=m1", None),
            (".evil.org/channel/general?msg=m1", None),
        ] {
            assert_eq!(id(rest).as_deref(), expected, "{rest}");
        }
        for url in
            ["https://other.example.org/channel/general?msg=m1", "https://x.org/?u=https://chat.example.org/team"]
        {
            assert_eq!(linked(site, url), None, "{url}");
        }
        assert_eq!(linked("", "/channel/general?msg=m1"), None);
        let many: Vec<String> = (0..20).map(|at| format!("{site}/channel/general?msg={at}")).collect();
        assert_eq!(links(site, &many).len(), MOST);
    }

    #[test]
    fn a_chain_of_quotes_has_an_end() {
        let quote = |text: &str, inner: Value| json!({ "message_link": "x", "text": text, "attachments": inner });
        let file = json!({ "title": "file", "attachments": [] });
        let sent = || vec![file.clone(), quote("a", json!([file, quote("b", json!([quote("c", json!([]))]))]))];
        let bare = |text: &str| json!({ "message_link": "x", "text": text });
        assert_eq!(trimmed(sent(), 0), json!([file]).as_array().unwrap().as_slice());
        assert_eq!(trimmed(sent(), 1), [file.clone(), quote("a", json!([file]))]);
        assert_eq!(trimmed(sent(), 2), [file.clone(), quote("a", json!([file, bare("b")]))]);
        assert_eq!(trimmed(sent(), 3), [file.clone(), quote("a", json!([file, quote("b", json!([bare("c")]))]))]);
    }

    #[test]
    fn only_quotes_are_taken_out() {
        let body = members(
            "{\"attachments\":[{\"text\":\"a\",\"x\":{\"message_link\":1}},{\"message_link\":null},{\"message_link\":\"l\"}]}",
        );
        let kept: Vec<String> = others(&body).iter().map(|one| one.get().to_owned()).collect();
        assert_eq!(kept, ["{\"text\":\"a\",\"x\":{\"message_link\":1}}"]);
        assert_eq!(others(&members("{\"msg\":\"\"}")).len(), 0);
    }
}
