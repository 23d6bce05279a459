//! A message as a client asks for it, and the immutable body it becomes.

use super::mentions::Mentions;
use crate::{Caller, Chat};
use gantry_markup as markup;
use gantry_model::{Error, MessageId, Result, push_json, push_text};
use serde_json::{Map, Value};

/// What a client may set of a message; every other field is the server's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// Made by the client, so that a repeated send is the same message.
    pub id: Option<MessageId>,
    /// The text.
    pub msg: String,
    /// The thread it replies to.
    pub tmid: Option<MessageId>,
    /// Shown in the room as well.
    pub tshow: bool,
    /// Another display name; needs `message-impersonate`.
    pub alias: Option<String>,
    /// Another picture; needs `message-impersonate`.
    pub avatar: Option<String>,
    /// An emoji for a picture.
    pub emoji: Option<String>,
    /// Rich attachments.
    pub attachments: Vec<Value>,
    /// Block Kit.
    pub blocks: Option<Value>,
    /// Fields of integrations.
    pub custom_fields: Option<Map<String, Value>>,
    /// False: addresses in the text are not looked at.
    pub parse_urls: Option<bool>,
    /// May be shown under the former message's head.
    pub groupable: Option<bool>,
}

impl Draft {
    /// A plain text.
    pub fn text(msg: impl Into<String>) -> Self {
        Self { msg: msg.into(), ..Self::default() }
    }

    /// What can be refused without looking at the room.
    ///
    /// # Errors
    /// `invalid-params` for `tshow` without `tmid`; `error-message-size-exceeded`; `error-not-allowed` for an alias or
    /// picture without `message-impersonate`; plain texts for a dangerous address.
    pub(super) fn check(&self, cx: &Caller) -> Result<()> {
        const SEND: &str = "sendMessage";
        if self.tshow && self.tmid.is_none() {
            return Err(Error::new("invalid-params", "tshow provided but missing tmid").in_method(SEND));
        }
        let longest = cx.chat().settings().hot().message.max_size;
        // Bytes bound characters: only a text that may be too long is counted.
        if self.msg.len() > longest && self.msg.chars().count() > longest {
            let text = "Message size exceeds Message_MaxAllowedSize";
            return Err(Error::new("error-message-size-exceeded", text).in_method(SEND));
        }
        if (self.alias.is_some() || self.avatar.is_some()) && !cx.has(gantry_model::Permission::MessageImpersonate) {
            return Err(Error::text("Not enough permission"));
        }
        let links = self.avatar.iter().map(String::as_str).chain(self.attachments.iter().flat_map(links_of));
        match links.into_iter().find(|link| dangerous(link)) {
            Some(_) => {
                Err(Error::text("Invalid URL: only http and https addresses, or paths of this server, can be linked"))
            }
            None => Ok(()),
        }
    }

    /// The body's JSON: everything of the document that never changes.
    pub(super) fn body(&self, chat: &Chat, mentions: &Mentions, found: &markup::Found) -> String {
        let mut out = String::with_capacity(self.msg.len() * 3 + 96);
        out.push_str("{\"msg\":");
        push_text(&mut out, &self.msg);
        if !self.msg.is_empty() {
            out.push_str(",\"md\":");
            markup::write_json(&self.msg, &chat.state().reading().options, &mut out);
        }
        out.push_str(",\"urls\":");
        self.push_urls(found, &mut out);
        mentions.push(&mut out);
        let mut text = |key: &str, value: Option<&String>| {
            if let Some(value) = value {
                out.push_str(key);
                push_text(&mut out, value);
            }
        };
        text(",\"alias\":", self.alias.as_ref());
        text(",\"avatar\":", self.avatar.as_ref());
        text(",\"emoji\":", self.emoji.as_ref());
        self.push_rest(&mut out);
        out.push('}');
        out
    }

    fn push_urls(&self, found: &markup::Found, out: &mut String) {
        out.push('[');
        let urls = if self.parse_urls == Some(false) { &[][..] } else { &found.urls[..] };
        for (at, url) in urls.iter().enumerate() {
            out.push_str(if at == 0 { "{\"url\":" } else { ",{\"url\":" });
            push_text(out, url);
            out.push_str(",\"meta\":{}}");
        }
        out.push(']');
    }

    fn push_rest(&self, out: &mut String) {
        let mut json = |key: &str, value: &Value| {
            out.push_str(key);
            push_json(out, value);
        };
        if !self.attachments.is_empty() {
            json(",\"attachments\":", &Value::Array(self.attachments.clone()));
        }
        if let Some(blocks) = &self.blocks {
            json(",\"blocks\":", blocks);
        }
        if let Some(fields) = &self.custom_fields {
            json(",\"customFields\":", &Value::Object(fields.clone()));
        }
        for (key, flag) in [(",\"parseUrls\":", self.parse_urls), (",\"groupable\":", self.groupable)] {
            if let Some(flag) = flag {
                json(key, &Value::Bool(flag));
            }
        }
    }
}

/// The addresses in an attachment that a client would open or load.
fn links_of(attachment: &Value) -> Vec<&str> {
    const KEYS: [&str; 8] = [
        "title_link",
        "author_link",
        "author_icon",
        "thumb_url",
        "image_url",
        "audio_url",
        "video_url",
        "message_link",
    ];
    let own = KEYS.iter().filter_map(|key| attachment.get(key)?.as_str());
    let actions = attachment.get("actions").and_then(Value::as_array).into_iter().flatten();
    own.chain(actions.filter_map(|action| action.get("url")?.as_str())).collect()
}

/// Anything with a scheme that is not a web address, whatever case or blanks hide it.
fn dangerous(link: &str) -> bool {
    let plain: String =
        link.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>().to_lowercase();
    let scheme = plain.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    scheme.is_some_and(|scheme| is_scheme(scheme) && !["http", "https"].contains(&scheme) && !scheme.contains('.'))
}
