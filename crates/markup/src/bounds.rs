//! Proof that the work stays linear, whatever the text: steps are counted, no clock is read.

use proptest::prelude::*;

use crate::parser::Parser;
use crate::{KatexSyntax, Options};

const LENGTH: usize = 64 * 1024;

/// How many times the work of as many letters a text may cost.
const FACTOR: usize = 10;

/// Whatever starts something, closes something, or is part of what does.
const PIECES: &[&str] = &[
    "a",
    "Z9",
    "_",
    "*",
    "~",
    "**",
    "__",
    "~~",
    "`",
    "```",
    "|",
    "||",
    "[",
    "]",
    "(",
    ")",
    "](",
    "] [",
    "![",
    "<",
    ">",
    "<t:",
    "@",
    "#",
    ":",
    "://",
    "http://",
    "mailto:",
    "localhost",
    "a.b",
    "a@b",
    ".",
    ",",
    "!",
    "-",
    "-_",
    "+",
    "+1",
    "(1)",
    ":)",
    "*)",
    "8)",
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
    "$$",
    "\\[",
    "> ",
    "- ",
    "* ",
    "1. ",
    "- [ ] ",
    "# ",
    "color:#",
    "=",
    "/",
    "?",
    "%",
    "&",
    "\"",
    "'",
    "{",
    "^",
];

fn steps(text: &str) -> usize {
    let katex = KatexSyntax { dollars: true, parentheses: true };
    let options = Options { colors: true, katex, midnight: Some(0), ..Options::default() };
    let mut parser = Parser::new(text, &options);
    parser.blocks();
    parser.meter.spent
}

fn fill(unit: &str) -> String {
    unit.repeat(LENGTH / unit.len())
}

fn limit() -> usize {
    FACTOR * steps(&"a".repeat(LENGTH))
}

#[test]
fn every_piece_repeated_costs_little_more_than_letters() {
    let limit = limit();
    for piece in PIECES {
        let spent = steps(&fill(piece));
        assert!(spent <= limit, "{piece:?}: {spent} of {limit}");
    }
}

#[test]
fn every_pair_of_pieces_repeated_costs_little_more_than_letters() {
    let limit = limit() / 128;
    for (first, second) in PIECES.iter().flat_map(|first| PIECES.iter().map(move |second| (first, second))) {
        let unit = [*first, *second].concat();
        let spent = steps(&unit.repeat(LENGTH / 128 / unit.len()));
        assert!(spent <= limit, "{unit:?}: {spent} of {limit}");
    }
}

#[test]
fn what_closes_far_away_costs_little_more_than_letters() {
    let limit = limit();
    for (open, close) in [
        ("[", "](a.b)"),
        ("[", "](x)"),
        ("*_~[", "](x)~_*"),
        ("<a.b", "|x>"),
        ("![](a.b", ")"),
        ("(", ")"),
        ("||", "||"),
    ] {
        let text = format!("{}{close}", fill(open));
        let spent = steps(&text);
        assert!(spent <= limit, "{open:?} {close:?}: {spent} of {limit}");
    }
}

fn units() -> impl Strategy<Value = Vec<&'static str>> {
    proptest::collection::vec(proptest::sample::select(PIECES), 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_pieces_repeated_cost_little_more_than_letters(unit in units()) {
        let text = fill(&unit.concat());
        prop_assert!(steps(&text) <= limit(), "{unit:?}");
    }
}
