//! Faces made of signs, and the emoji each stands for.

use crate::chars::{self, FACE, FACE_NEXT};

/// Sorted by the face; none is the start of another.
pub(crate) static FACES: &[(&str, &str)] = &[
    ("#)", "dizzy_face"),
    ("#-)", "dizzy_face"),
    ("%)", "dizzy_face"),
    ("%-)", "dizzy_face"),
    ("':(", "sweat"),
    ("':)", "sweat_smile"),
    ("':-(", "sweat"),
    ("':-)", "sweat_smile"),
    ("':-D", "sweat_smile"),
    ("':D", "sweat_smile"),
    ("'=(", "sweat"),
    ("'=)", "sweat_smile"),
    ("'=D", "sweat_smile"),
    ("(y)", "thumbsup"),
    ("*)", "wink"),
    ("*-)", "wink"),
    ("*\\0/*", "person_gesturing_ok"),
    ("*\\O/*", "person_gesturing_ok"),
    ("-_-", "expressionless"),
    ("-__-", "expressionless"),
    ("-___-", "expressionless"),
    ("0:)", "innocent"),
    ("0:-)", "innocent"),
    ("0:-3", "innocent"),
    ("0:3", "innocent"),
    ("0;-)", "innocent"),
    ("0;^)", "innocent"),
    ("8)", "sunglasses"),
    ("8-)", "sunglasses"),
    ("8-D", "sunglasses"),
    (":#", "no_mouth"),
    (":$", "flushed"),
    (":'(", "cry"),
    (":')", "joy"),
    (":'-(", "cry"),
    (":'-)", "joy"),
    (":(", "disappointed"),
    (":)", "slight_smile"),
    (":*", "kissing_heart"),
    (":-#", "no_mouth"),
    (":-(", "disappointed"),
    (":-)", "slight_smile"),
    (":-*", "kissing_heart"),
    (":-.", "confused"),
    (":-/", "confused"),
    (":-D", "smiley"),
    (":-O", "open_mouth"),
    (":-P", "stuck_out_tongue"),
    (":-X", "no_mouth"),
    (":-[", "disappointed"),
    (":-b", "stuck_out_tongue"),
    (":-Þ", "stuck_out_tongue"),
    (":/", "confused"),
    (":@", "angry"),
    (":D", "smiley"),
    (":L", "confused"),
    (":O", "open_mouth"),
    (":P", "stuck_out_tongue"),
    (":X", "no_mouth"),
    (":[", "disappointed"),
    (":\\", "confused"),
    (":]", "slight_smile"),
    (":^*", "kissing_heart"),
    (":b", "stuck_out_tongue"),
    (":Þ", "stuck_out_tongue"),
    (";(", "cry"),
    (";)", "wink"),
    (";-(", "cry"),
    (";-)", "wink"),
    (";-]", "wink"),
    (";D", "wink"),
    (";]", "wink"),
    (";^)", "wink"),
    ("</3", "broken_heart"),
    ("<3", "heart"),
    ("=#", "no_mouth"),
    ("=$", "flushed"),
    ("=(", "disappointed"),
    ("=)", "slight_smile"),
    ("=*", "kissing_heart"),
    ("=/", "confused"),
    ("=D", "smiley"),
    ("=L", "confused"),
    ("=P", "stuck_out_tongue"),
    ("=X", "no_mouth"),
    ("=\\", "confused"),
    ("=]", "slight_smile"),
    (">.<", "persevere"),
    (">:(", "angry"),
    (">:)", "laughing"),
    (">:-(", "angry"),
    (">:-)", "laughing"),
    (">:/", "confused"),
    (">:O", "open_mouth"),
    (">:P", "stuck_out_tongue_winking_eye"),
    (">:[", "disappointed"),
    (">:\\", "confused"),
    (">;)", "laughing"),
    (">=)", "laughing"),
    ("B)", "sunglasses"),
    ("B-)", "sunglasses"),
    ("B-D", "sunglasses"),
    ("D:", "fearful"),
    ("O:)", "innocent"),
    ("O:-)", "innocent"),
    ("O:-3", "innocent"),
    ("O:3", "innocent"),
    ("O;-)", "innocent"),
    ("O=)", "innocent"),
    ("O_O", "open_mouth"),
    ("X)", "dizzy_face"),
    ("X-)", "dizzy_face"),
    ("X-P", "stuck_out_tongue_winking_eye"),
    ("\\0/", "person_gesturing_ok"),
    ("\\O/", "person_gesturing_ok"),
];

/// The face a text starts with, and its emoji.
pub(crate) fn starting(text: &str) -> Option<(&'static str, &'static str)> {
    let &[first, second, ..] = text.as_bytes() else { return None };
    if !chars::is(first, FACE) || !chars::is(second, FACE_NEXT) {
        return None;
    }
    let after = FACES.partition_point(|(face, _)| *face <= text);
    let &(face, name) = FACES.get(after.checked_sub(1)?)?;
    text.starts_with(face).then_some((face, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces_are_sorted_and_none_is_the_start_of_another() {
        for pair in FACES.windows(2) {
            assert!(pair[0].0 < pair[1].0 && !pair[1].0.starts_with(pair[0].0), "{pair:?}");
        }
    }

    #[test]
    fn every_face_is_found() {
        assert!(FACES.iter().all(|&(face, name)| starting(face) == Some((face, name))));
    }

    #[test]
    fn finds_the_face_at_the_start() {
        assert_eq!(starting(":) hi"), Some((":)", "slight_smile")));
        assert_eq!(starting(":-D"), Some((":-D", "smiley")));
        assert_eq!(starting(": )"), None);
        assert_eq!(starting(""), None);
    }
}
