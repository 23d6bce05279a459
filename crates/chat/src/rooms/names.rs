//! Names of channels and groups: what is a name, and whether it is free.

use crate::Caller;
use gantry_model::{Error, Result, Room, Settings};
use gantry_store::Tx;
use serde_json::json;

/// Longer names are none; what the unique index holds.
const LONGEST: usize = 255;

/// What names consist of where the setting that says so is no pattern.
const PLAIN: &str = "[0-9a-zA-Z-_.]+";

/// The unique name a display name becomes: itself, or a slug of it where names may have special characters.
///
/// # Errors
/// `error-invalid-room-name` for what `UTF8_Channel_Names_Validation` refuses, and for a name of the system.
pub(super) fn valid(settings: &Settings, display: &str) -> Result<String> {
    let name = if may_be_special(settings) { slug(display) } else { display.to_owned() };
    let matches = pattern(settings.text("UTF8_Channel_Names_Validation")).is_some_and(|regex| regex.is_match(&name));
    let lower = name.to_lowercase();
    let blocked = settings.text("Accounts_SystemBlockedUsernameList").split(',').any(|word| word == lower);
    if matches && !blocked && name.len() <= LONGEST && display.len() <= LONGEST {
        return Ok(name);
    }
    let shown = escaped(&name);
    Err(Error::new("error-invalid-room-name", format!("{shown} is not a valid room name.")).with_details(about(&shown)))
}

/// The name under which a room can be made: `name` if it is free. Names may be numbered where they are slugs.
///
/// # Errors
/// `error-duplicate-channel-name`, `error-archived-duplicate-name`.
pub(super) fn free(cx: &Caller, tx: &mut Tx<'_>, name: &str) -> Result<String> {
    let Some(taken) = tx.rooms().by_name(name)? else { return Ok(name.to_owned()) };
    if may_be_special(&cx.chat().settings()) {
        return numbered(tx, name);
    }
    let shown = escaped(name);
    let error = if taken.archived {
        Error::new("error-archived-duplicate-name", format!("There's an archived channel with name {shown}"))
    } else {
        Error::new("error-duplicate-channel-name", format!("A channel with name '{shown}' exists"))
    };
    Err(error.with_details(about(&shown)))
}

fn numbered(tx: &mut Tx<'_>, name: &str) -> Result<String> {
    for number in 1..1_000 {
        let candidate = format!("{name}-{number}");
        if tx.rooms().by_name(&candidate)?.is_none() {
            return Ok(candidate);
        }
    }
    Ok(format!("{name}-{}", gantry_store::random_id()))
}

/// What a channel or group is called where people see it: a discussion, and where names may have special characters any
/// room, by its display name.
pub(crate) fn shown<'a>(settings: &Settings, room: &'a Room) -> &'a str {
    let displayed = room.extra.prid.is_some() || may_be_special(settings);
    room.fname.as_deref().filter(|_| displayed).or(room.name.as_deref()).unwrap_or_default()
}

fn may_be_special(settings: &Settings) -> bool {
    settings.bool("UI_Allow_room_names_with_special_chars")
}

fn pattern(text: &str) -> Option<regex::Regex> {
    let build = |text: &str| regex::RegexBuilder::new(&format!("^(?:{text})$")).size_limit(1 << 20).build().ok();
    build(text).or_else(|| build(PLAIN))
}

/// Letters, digits and `-_.` as they are, anything between as one hyphen; a random one where nothing is left.
fn slug(display: &str) -> String {
    let mut slug = String::new();
    for c in display.chars() {
        if c.is_ascii_alphanumeric() || "-_.".contains(c) {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { gantry_store::random_id() } else { slug.to_owned() }
}

/// Some clients show error texts as HTML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

fn about(name: &str) -> serde_json::Value {
    json!({ "function": "RocketChat.getValidRoomName", "channel_name": name })
}

#[cfg(test)]
mod tests {
    use super::*;
    use gantry_model::{Millis, SettingBase};

    fn settings() -> Settings {
        Settings::new(SettingBase::new(Millis(0)), Vec::new())
    }

    #[test]
    fn a_name_is_what_the_pattern_takes() {
        let settings = settings();
        assert_eq!(valid(&settings, "General-2.0_x").ok().as_deref(), Some("General-2.0_x"));
        for refused in ["two words", "ärger", "a\n", "System", "<b>", &"x".repeat(256)] {
            let error = valid(&settings, refused).expect_err(refused);
            assert!(error.is("error-invalid-room-name"), "{refused}");
        }
        let error = valid(&settings, "<b>").expect_err("no name");
        assert_eq!(error.reason(), "&lt;b&gt; is not a valid room name.");
    }

    #[test]
    fn a_pattern_that_is_none_falls_back_to_plain_names() {
        assert!(pattern("(").is_some_and(|regex| regex.is_match("plain") && !regex.is_match("(")));
        assert!(pattern("a|b").is_some_and(|regex| regex.is_match("b") && !regex.is_match("ax")));
    }

    #[test]
    fn slugs_keep_what_can_stand_in_a_link() {
        assert_eq!(slug("Café  & more!"), "Caf-more");
        assert_eq!(slug("  v1.0 "), "v1.0");
        assert_eq!(slug("日本").len(), 17);
    }
}
