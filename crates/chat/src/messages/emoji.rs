//! The names of emoji: what people may react with.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Short names in use by clients, one a line, without those that only add skin tones.
static NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("../../data/emoji.txt").lines().collect());

/// `:name:` of an emoji that there is, with or without its colons; `None` for every other text.
pub(super) fn known(text: &str) -> Option<String> {
    /// No name is longer.
    const LONGEST: usize = 100;
    let name = text.replace(':', "");
    let there =
        name.len() <= LONGEST && (NAMES.contains(name.as_str()) || NAMES.contains(without_tones(&name).as_str()));
    there.then(|| format!(":{name}:"))
}

/// `wave_tone3` and `wave_medium_skin_tone` are `wave`.
fn without_tones(name: &str) -> String {
    const TONES: [&str; 10] = [
        "_medium_light_skin_tone",
        "_medium_dark_skin_tone",
        "_light_skin_tone",
        "_medium_skin_tone",
        "_dark_skin_tone",
        "_tone1",
        "_tone2",
        "_tone3",
        "_tone4",
        "_tone5",
    ];
    TONES.iter().fold(name.to_owned(), |name, tone| name.replace(tone, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_with_or_without_colons() {
        for name in
            ["smile", ":smile:", "+1", "thumbsup", "slight_smile", "frowning2", "white_check_mark", "man_technologist"]
        {
            assert_eq!(known(name), Some(format!(":{}:", name.replace(':', ""))), "{name}");
        }
        assert_eq!(known("thumbsup_tone3").as_deref(), Some(":thumbsup_tone3:"));
        assert!(known("wave_medium_dark_skin_tone").is_some());
        assert!(known("couple_with_heart_man_man_tone1_tone2").is_some());
    }

    #[test]
    fn nothing_else_is() {
        for text in ["", ":", "::", "no_such_emoji", "smile smile", "<b>", "constructor", "tone9", &"a".repeat(10_000)]
        {
            assert_eq!(known(text), None, "{text}");
        }
    }
}
