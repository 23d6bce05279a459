//! What clients may attach: how much, how deep, of which shape, and where its links may lead.

use gantry_model::{Error, Result};
use serde_json::{Map, Value};

/// Attachments of one message, at most.
const MOST: usize = 100;
/// Objects and lists within each other, at most.
const DEEPEST: usize = 12;

/// The shapes of the fields that clients draw; others are theirs alone.
const TEXTS: [&str; 10] = [
    "color",
    "text",
    "title",
    "author_name",
    "button_alignment",
    "image_type",
    "audio_type",
    "video_type",
    "image_preview",
    "pretext",
];
const FLAGS: [&str; 2] = ["collapsed", "title_link_download"];
const NUMBERS: [&str; 3] = ["image_size", "audio_size", "video_size"];
const LISTS: [&str; 3] = ["actions", "fields", "attachments"];

/// Refuses attachments that are too many or too deep, have fields of a wrong shape, or lead to a dangerous address.
///
/// # Errors
/// Plain texts.
pub(super) fn check(attachments: &[Value]) -> Result<()> {
    if attachments.len() > MOST {
        return Err(Error::text(format!("A message can have at most {MOST} attachments")));
    }
    for attachment in attachments {
        check_links(attachment)?;
        check_shape(attachment)?;
    }
    Ok(())
}

/// Refuses what is too deep, or leads to a dangerous address, wherever in `value` it stands.
///
/// # Errors
/// Plain texts.
pub(super) fn check_links(value: &Value) -> Result<()> {
    walk(value, DEEPEST)
}

fn walk(value: &Value, deep: usize) -> Result<()> {
    let inner: Box<dyn Iterator<Item = (&str, &Value)>> = match value {
        Value::Object(members) => Box::new(members.iter().map(|(key, value)| (key.as_str(), value))),
        Value::Array(items) => Box::new(items.iter().map(|item| ("", item))),
        _ => return Ok(()),
    };
    if deep == 0 {
        return Err(Error::text("Attachments are nested too deeply"));
    }
    for (key, value) in inner {
        match value {
            Value::String(link) if is_link(key) && !is_safe(key, link) => return Err(invalid_link()),
            _ => walk(value, deep - 1)?,
        }
    }
    Ok(())
}

/// Depth was checked before, so this ends.
fn check_shape(attachment: &Value) -> Result<()> {
    let Value::Object(fields) = attachment else { return Err(mismatch("object", attachment)) };
    for (keys, expected, fits) in [
        (&TEXTS[..], "string", Value::is_string as fn(&Value) -> bool),
        (&FLAGS[..], "boolean", Value::is_boolean),
        (&NUMBERS[..], "number", Value::is_number),
        (&LISTS[..], "array", Value::is_array),
    ] {
        let given = keys.iter().filter_map(|key| fields.get(*key)).filter(|value| !value.is_null());
        if let Some(wrong) = given.into_iter().find(|value| !fits(value)) {
            return Err(mismatch(expected, wrong));
        }
    }
    if !list(fields, "fields").iter().all(|field| filled(field, "title") && filled(field, "value")) {
        return Err(Error::text("Invalid attachment field, title and value is required"));
    }
    list(fields, "attachments").iter().try_for_each(check_shape)
}

fn list<'a>(fields: &'a Map<String, Value>, key: &str) -> &'a [Value] {
    fields.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn filled(field: &Value, key: &str) -> bool {
    field.get(key).is_some_and(|value| !matches!(value, Value::Null) && value != "" && *value != false && *value != 0)
}

fn mismatch(expected: &str, got: &Value) -> Error {
    let got = match got {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) | Value::Object(_) => "object",
    };
    Error::text(format!("Match error: Expected {expected}, got {got}"))
}

fn invalid_link() -> Error {
    Error::text("Invalid href value provided")
}

fn is_link(key: &str) -> bool {
    key.ends_with("_url") || key.ends_with("_link") || ["url", "imageUrl", "author_icon", "href", "src"].contains(&key)
}

/// Web addresses and this server's files; pictures may stand in the address itself.
fn is_safe(key: &str, link: &str) -> bool {
    let picture = ["image_url", "thumb_url", "author_icon", "imageUrl"].contains(&key);
    link.is_empty() || is_web(link) || link.starts_with("/file-upload/") || (picture && starts(link, "data:image/"))
}

fn is_web(link: &str) -> bool {
    starts(link, "https://") || starts(link, "http://")
}

fn starts(text: &str, beginning: &str) -> bool {
    text.get(..beginning.len()).is_some_and(|start| start.eq_ignore_ascii_case(beginning))
}

/// Refuses a picture of the author that is neither a web address nor a path of this server.
///
/// # Errors
/// A plain text.
pub(super) fn check_avatar(link: &str) -> Result<()> {
    let path = link.starts_with('/') && !link.starts_with("//") && !link.starts_with("/\\");
    if is_web(link) || path { Ok(()) } else { Err(invalid_link()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refusal(attachment: Value) -> String {
        check(&[attachment]).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn links_lead_to_the_web_or_to_own_files() {
        for link in ["https://a.com", "HTTP://a.com/x", "/file-upload/id/a.png", ""] {
            assert_eq!(refusal(json!({ "title_link": link })), "", "{link}");
        }
        for link in [
            "javascript:alert(1)",
            " https://a.com",
            "JaVaScRiPt:x",
            "data:text/html,x",
            "//a.com",
            "ftp://a",
            "vbscript:x",
            "\u{1}javascript:x",
        ] {
            let expected = "Invalid href value provided";
            assert_eq!(refusal(json!({ "title_link": link })), expected, "{link}");
            assert_eq!(refusal(json!({ "attachments": [{ "message_link": link }] })), expected, "{link}");
            assert_eq!(refusal(json!({ "actions": [{ "url": link }] })), expected, "{link}");
            assert!(check_avatar(link).is_err(), "{link}");
        }
        assert_eq!(refusal(json!({ "image_url": "data:image/png;base64,AA" })), "");
        assert!(check_avatar("/avatar/ann").is_ok() && check_avatar("https://a.com/x.png").is_ok());
    }

    #[test]
    fn shapes_are_those_that_clients_draw() {
        assert_eq!(refusal(json!("text")), "Match error: Expected object, got string");
        assert_eq!(refusal(json!({ "text": {} })), "Match error: Expected string, got object");
        assert_eq!(refusal(json!({ "collapsed": "yes" })), "Match error: Expected boolean, got string");
        assert_eq!(refusal(json!({ "fields": {} })), "Match error: Expected array, got object");
        assert_eq!(refusal(json!({ "text": null, "own": {} })), "");
        let empty = "Invalid attachment field, title and value is required";
        assert_eq!(refusal(json!({ "fields": [{ "title": "a" }] })), empty);
        assert_eq!(refusal(json!({ "fields": [{ "title": "a", "value": 1, "short": true }] })), "");
    }

    #[test]
    fn depth_and_number_have_a_bound() {
        let mut deep = json!({});
        for _ in 0..20 {
            deep = json!({ "attachments": [deep] });
        }
        assert_eq!(refusal(deep), "Attachments are nested too deeply");
        assert!(check(&vec![json!({}); MOST]).is_ok());
        assert!(check(&vec![json!({}); MOST + 1]).is_err());
    }
}
