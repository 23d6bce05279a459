//! The trees of many texts against those of Rocket.Chat's own parser; `oracle.mjs` wrote them and says which version
//! made them.

#![expect(clippy::unwrap_used, reason = "a fixture that cannot be read fails the test")]

use gantry_markup::{KatexSyntax, Options, parse, write_json};
use serde_json::Value;

/// Where the trees differ on purpose, and why.
const DIFFERENCES: &[(&str, &str)] = &[
    ("<t:10:00>", "a time of today needs to know today: text without `Options::midnight`, 1970 there"),
    ("<t:2025-13-01T00:00:00>", "a date that does not exist is text, not 1970"),
    ("<t:2045-01-01T00:00:00>", "seconds past 2038 do not wrap to before 1970"),
    ("localhost://:80", "a colon and digits are no IPv6 address"),
    ("10163036080030012207. a", "the same number, written with an exponent"),
    ("[_😀 a_b", "what an attempt read is forgotten with it, also whether an emoji may follow"),
];

struct Case {
    text: String,
    options: Options,
    tree: Value,
}

fn cases() -> Vec<Case> {
    let oracle: Value = serde_json::from_str(include_str!("oracle.json")).unwrap();
    oracle["cases"].as_array().unwrap().iter().map(case).collect()
}

fn case(case: &Value) -> Case {
    let options = &case["options"];
    let domains = options["customDomains"].as_array().into_iter().flatten();
    let katex = &options["katex"];
    let options = Options {
        custom_domains: domains.map(|domain| domain.as_str().unwrap().to_owned()).collect(),
        colors: options["colors"] == true,
        katex: KatexSyntax { dollars: katex["dollarSyntax"] == true, parentheses: katex["parenthesisSyntax"] == true },
        emoticons: options["emoticons"] == true,
        midnight: None,
    };
    Case { text: case["text"].as_str().unwrap().to_owned(), options, tree: case["md"].clone() }
}

fn is_different_on_purpose(text: &str) -> bool {
    DIFFERENCES.iter().any(|(different, _)| *different == text)
}

#[test]
fn the_trees_are_those_of_the_oracle() {
    let mut wrong = Vec::new();
    for Case { text, options, tree } in cases() {
        let ours = serde_json::to_value(parse(&text, &options)).unwrap();
        if (ours == tree) == is_different_on_purpose(&text) {
            wrong.push(format!("{text:?} {options:?}\n  expected {tree}\n  found    {ours}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), cases().len(), wrong.join("\n"));
}

#[test]
fn the_json_says_what_serde_says() {
    for Case { text, options, .. } in cases() {
        let mut json = String::new();
        write_json(&text, &options, &mut json);
        let json: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json, serde_json::to_value(parse(&text, &options)).unwrap(), "{text:?}");
    }
}
