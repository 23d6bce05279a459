//! The letters that stand for a name, in any script.

use unicode_segmentation::UnicodeSegmentation;

/// The words of a name that count.
const WORDS: usize = 3;

/// The first letter of a name, or of each of its first words; what the reader takes for one letter is one, of however many
/// characters. A name without a letter or digit has its first sign.
pub(super) fn of(name: &str, every_word: bool) -> String {
    let letters: String = match every_word {
        true => name.split_whitespace().filter_map(letter).take(WORDS).collect(),
        false => letter(name).into_iter().collect(),
    };
    if letters.is_empty() { sign(name) } else { letters }
}

fn letter(text: &str) -> Option<String> {
    let is_letter = |cluster: &&str| cluster.chars().next().is_some_and(char::is_alphanumeric);
    text.graphemes(true).find(is_letter).map(str::to_uppercase)
}

fn sign(name: &str) -> String {
    let is_visible = |cluster: &&str| cluster.chars().all(|c| !c.is_control() && !c.is_whitespace());
    name.graphemes(true).find(is_visible).unwrap_or("?").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_name_has_its_first_letter() {
        assert_eq!(
            (of("ann.lee", false), of("_9lives", false), of("élan", false)),
            ("A".into(), "9".into(), "É".into())
        );
    }

    #[test]
    fn a_name_has_a_letter_of_each_word() {
        assert_eq!(of("Ann van der Lee", true), "AVD");
        assert_eq!(of("  - ann (lee)", true), "AL");
    }

    #[test]
    fn letters_are_what_readers_take_for_one() {
        assert_eq!(of("e\u{301}lan", false), "E\u{301}");
        assert_eq!((of("日本 語", true), of("क्षमा", false).chars().count() > 1), ("日語".into(), true));
        assert_eq!((of("🏳️‍🌈!", false), of("\u{7}\u{7}", false), of(" ", true)), ("🏳️‍🌈".into(), "?".into(), "?".into()));
    }
}
