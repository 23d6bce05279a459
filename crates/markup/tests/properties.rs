//! What holds for every text.

use gantry_markup::{Block, Inline, KatexSyntax, Naming, Options, parse, scan, write_json};
use proptest::prelude::*;

/// Emphasis of three kinds, a link, a spoiler: each at most once within another.
const DEEPEST: usize = 5;

const PIECES: &[&str] = &[
    "a",
    "foo",
    "9",
    "_",
    "*",
    "~",
    "**",
    "__",
    "~~",
    "`",
    "```",
    "\n```",
    "|",
    "||",
    "[",
    "]",
    "(",
    ")",
    "](",
    "![",
    "<",
    ">",
    "<t:",
    "@",
    "#",
    ":",
    "://",
    "http://a.com",
    "x.org",
    "mailto:",
    "localhost",
    "a@b.com",
    ".",
    ",",
    "-",
    "+12345",
    ":)",
    "*)",
    "<3",
    ":a:",
    "😀",
    "👩\u{200d}",
    "🏽",
    "🇧",
    "☃",
    "é",
    "\u{301}",
    "𝒳",
    "\u{a0}",
    " ",
    "\t",
    "\n",
    "\r",
    "\\",
    "\\(",
    "$",
    "> ",
    "- ",
    "* ",
    "1. ",
    "- [x] ",
    "# ",
    "color:#f00",
];

fn everything() -> Options {
    let katex = KatexSyntax { dollars: true, parentheses: true };
    Options { colors: true, katex, midnight: Some(0), custom_domains: vec!["foo".into()], ..Options::default() }
}

fn any_text() -> impl Strategy<Value = String> {
    let pieces = proptest::collection::vec(proptest::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat());
    let characters =
        proptest::collection::vec(any::<char>(), 0..60).prop_map(|characters| characters.into_iter().collect());
    prop_oneof![3 => pieces, 1 => characters]
}

fn lines(block: &Block) -> Vec<&[Inline]> {
    match block {
        Block::Paragraph(paragraph) => vec![&paragraph.value],
        Block::Quote(quote) => quote.value.iter().map(|line| line.value.as_slice()).collect(),
        Block::SpoilerBlock(spoiler) => spoiler.value.iter().map(|line| line.value.as_slice()).collect(),
        Block::UnorderedList(list) => list.value.iter().map(|item| item.value.as_slice()).collect(),
        Block::OrderedList(list) => list.value.iter().map(|item| item.value.as_slice()).collect(),
        Block::Tasks(tasks) => tasks.value.iter().map(|task| task.value.as_slice()).collect(),
        _ => Vec::new(),
    }
}

fn held(node: &Inline) -> &[Inline] {
    match node {
        Inline::Bold(held) | Inline::Italic(held) | Inline::Strike(held) | Inline::Spoiler(held) => held,
        Inline::Link { label, .. } => label,
        _ => &[],
    }
}

fn depth(nodes: &[Inline]) -> usize {
    nodes.iter().map(|node| depth(held(node)) + usize::from(!held(node).is_empty())).max().unwrap_or(0)
}

fn texts_are_merged(nodes: &[Inline]) -> bool {
    let apart = |pair: &[Inline]| !matches!(pair, [Inline::PlainText(_), Inline::PlainText(_)]);
    nodes.windows(2).all(apart) && nodes.iter().all(|node| texts_are_merged(held(node)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn every_text_has_a_tree_with_merged_texts_and_bounded_depth(text in any_text()) {
        for options in [Options::default(), everything()] {
            for line in parse(&text, &options).iter().flat_map(lines) {
                prop_assert!(texts_are_merged(line), "{line:?}");
                prop_assert!(depth(line) <= DEEPEST, "{line:?}");
            }
        }
    }

    #[test]
    fn the_json_is_what_serde_writes(text in any_text()) {
        let mut json = String::new();
        write_json(&text, &everything(), &mut json);
        prop_assert_eq!(json, serde_json::to_string(&parse(&text, &everything())).unwrap());
    }

    #[test]
    fn what_is_found_is_in_the_text_and_found_once(text in any_text()) {
        let found = scan(&text, &Naming::default());
        for list in [&found.users, &found.channels, &found.urls] {
            prop_assert!(list.iter().all(|one| !one.is_empty() && text.contains(one.as_str())));
            prop_assert!(list.iter().enumerate().all(|(at, one)| !list[..at].contains(one)));
        }
    }

    #[test]
    fn ordinary_sentences_stay_as_they_are(text in "[A-Za-zé]{2,8}([ ][A-Za-z0-9]{2,8}){0,12}[.!?]?") {
        let blocks = parse(&text, &Options::default());
        let [Block::Paragraph(paragraph)] = blocks.as_slice() else { panic!("{blocks:?}") };
        prop_assert_eq!(&paragraph.value, &[Inline::PlainText(text)]);
    }
}

#[test]
fn the_empty_text_has_no_tree() {
    assert_eq!(parse("", &Options::default()), []);
}

#[test]
fn a_time_of_today_is_counted_from_midnight() {
    let options = Options { midnight: Some(1_753_142_400), ..Options::default() };
    let json = |text: &str| {
        let mut json = String::new();
        write_json(text, &options, &mut json);
        json
    };
    assert!(json("<t:10:00>").contains(r#""timestamp":"1753178400","format":"t""#));
    assert!(json("<t:10:00:30+02:00:R>").contains(r#""timestamp":"1753171230","format":"R""#));
    assert!(json("<t:25:00>").contains("PLAIN_TEXT"));
}
