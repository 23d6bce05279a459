//! Query strings and bodies as clients write them, good and bad.

use super::super::{Params, ParamsError, Source, from_body, from_query, parse_body, parse_query};
use crate::page::{Operator, PageParams, Selector, SelectorRules, Sort};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const JSON: Option<&str> = Some("application/json; charset=utf-8");
const FORM: Option<&str> = Some("application/x-www-form-urlencoded");

#[derive(Debug, Params)]
#[params(strict)]
struct Query {
    room_id: String,
    types: Option<Vec<String>>,
    numbers: Option<Vec<i64>>,
    custom: Option<Map<String, Value>>,
    inclusive: Option<bool>,
    #[params(flatten)]
    page: PageParams,
}

fn tree(raw: &str) -> Value {
    Value::Object(parse_query(raw).unwrap())
}

fn query(raw: &str) -> Result<Query, String> {
    from_query(raw).map_err(|error: ParamsError| error.text().to_owned())
}

#[test]
fn brackets_make_lists_and_objects() {
    let trees = [
        ("a=1&b=x%20y+z&c", json!({"a": "1", "b": "x y z"})),
        ("a[]=1&a[]=2", json!({"a": ["1", "2"]})),
        ("a%5B%5D=1", json!({"a": ["1"]})),
        ("a=1&a=2&a=3", json!({"a": ["1", "2", "3"]})),
        ("a[1]=y&a[0]=x&a[10]=z", json!({"a": ["x", "y", "z"]})),
        ("a[1]=x&a[]=y", json!({"a": ["x", "y"]})),
        ("a[b][c]=1&a[b][d]=2&a[e]=3", json!({"a": {"b": {"c": "1", "d": "2"}, "e": "3"}})),
        ("a[b]=1&a=2", json!({"a": {"b": "1", "1": "2"}})),
        ("a=1&a[b]=2", json!({"a": {"0": "1", "b": "2"}})),
        ("a[b=1&[c]=2&d]=3&[]=4", json!({"a[b": "1", "[c]": "2", "d]": "3", "[]": "4"})),
        ("=1&&", json!({})),
        ("0=a&1=b", json!({"0": "a", "1": "b"})),
        ("100%=50%&a=%zz", json!({"100%": "50%", "a": "%zz"})),
        ("__proto__[x]=1", json!({"__proto__": {"x": "1"}})),
    ];
    for (raw, expected) in trees {
        assert_eq!(tree(raw), expected, "{raw}");
    }
}

#[test]
fn what_javascript_wrote_for_nothing_is_absent() {
    assert_eq!(tree("a=&b=undefined&c[]=&c[]=undefined&d=null&updatedSince=?"), json!({"d": "null"}));
    assert_eq!(tree("a=b?"), json!({"a": "b"}));
    assert_eq!(tree("a=what%3F"), json!({"a": "what?"}));
    assert_eq!(query("roomId=").unwrap_err(), "must have required property 'roomId'");
    let page = query("roomId=r&count=undefined&offset=&sort=undefined").unwrap().page;
    assert_eq!((page.count, page.offset, page.sort), (None, None, None));
}

#[test]
fn an_operator_is_refused_and_not_overlooked() {
    for raw in [
        "roomId[$ne]=",
        "roomId[$regex]=.",
        "roomId[]=a&roomId[]=b",
        "roomId[]=a",
        "roomId=a&roomId=b",
        "roomId[a][b]=c",
    ] {
        assert_eq!(query(raw).unwrap_err(), "must be string", "{raw}");
    }
    assert_eq!(query("roomId=r&custom=x").unwrap_err(), "must be object");
    assert_eq!(query("roomId=r&__proto__[x]=1").unwrap_err(), "must NOT have additional properties");
}

#[test]
fn lists_come_in_three_ways() {
    for types in
        ["types=c,p", "types[]=c&types[]=p", "types=[\"c\",\"p\"]", "types=c&types=p", "types=%5B%22c%22%2C%22p%22%5D"]
    {
        assert_eq!(query(&format!("roomId=r&{types}")).unwrap().types.unwrap(), ["c", "p"], "{types}");
    }
    assert_eq!(query("roomId=r&types=c").unwrap().types.unwrap(), ["c"]);
    assert_eq!(query("roomId=r&types[]=a,b").unwrap().types.unwrap(), ["a,b"]);
    assert_eq!(query("roomId=r&types=[c").unwrap().types.unwrap(), ["[c"]);
    assert_eq!(query("roomId=r&numbers=1,2").unwrap().numbers.unwrap(), [1, 2]);
    assert_eq!(query("roomId=r&numbers=[1,\"2\"]").unwrap().numbers.unwrap(), [1, 2]);
    assert_eq!(query("roomId=r&numbers=1,x").unwrap_err(), "must be integer");
    assert_eq!(query("roomId=r&types[a]=c").unwrap_err(), "must be array");
}

#[test]
fn objects_come_as_json_or_in_brackets() {
    let expected = Map::from_iter([("a".to_owned(), json!("1"))]);
    assert_eq!(query("roomId=r&custom={\"a\":\"1\"}").unwrap().custom, Some(expected.clone()));
    assert_eq!(query("roomId=r&custom[a]=1").unwrap().custom, Some(expected));
    assert_eq!(query("roomId=r&sort={\"a\":1}").unwrap().page.sort.unwrap(), "{\"a\":1}");
}

#[test]
fn scalars_are_read_from_text() {
    let read = query("roomId=5&inclusive=true&count=10&offset=1e1").unwrap();
    assert_eq!(
        (read.room_id.as_str(), read.inclusive, read.page.count, read.page.offset),
        ("5", Some(true), Some(10.0), Some(10.0))
    );
    assert_eq!(query("roomId=5&inclusive=yes").unwrap_err(), "must be boolean");
    assert_eq!(query("roomId=5&count=ten").unwrap_err(), "must be number");
}

#[test]
fn a_query_string_has_limits() {
    let unreadable = |raw: String| assert_eq!(parse_query(&raw), Err(ParamsError::unreadable_query()));
    unreadable("a=1&".repeat(1_001));
    unreadable(format!("a={}", "x".repeat(65_536)));
    unreadable("a[b][c][d][e][f][g]=1".into());
    unreadable("a=%FF".into());
    unreadable("a=%ED%A0%80".into());
    assert_eq!(parse_query("a=x%00y"), Err(ParamsError::nul(Source::Query)));
    assert!(parse_query(&"a[]=1&".repeat(1_000)).is_ok());
    let deep = format!("roomId=r&custom={}", "[".repeat(5_000));
    assert_eq!(query(&deep).unwrap_err(), "must be object");
}

#[test]
fn errors_are_whole_answers() {
    let query = from_query::<Query>("").unwrap_err();
    let expected =
        r#"{"success":false,"errorType":"error-invalid-params","error":"must have required property 'roomId'"}"#;
    assert_eq!(serde_json::to_string(&query).unwrap(), expected);
    let body = from_body::<Query>(JSON, b"{").unwrap_err();
    let expected = r#"{"success":false,"errorType":"invalid-params","error":"Invalid JSON in the request body"}"#;
    assert_eq!(serde_json::to_string(&body).unwrap(), expected);
    let unreadable = from_query::<Query>("a=%FF").unwrap_err();
    assert_eq!(serde_json::to_string(&unreadable).unwrap(), r#"{"success":false,"error":"Invalid query parameters"}"#);
}

#[test]
fn a_body_is_json() {
    assert_eq!(parse_body(JSON, br#"{"a":[1,"\u00e9"]}"#), Ok(json!({"a": [1, "é"]})));
    assert_eq!(parse_body(None, b" \r\n"), Ok(json!({})));
    assert_eq!(parse_body(JSON, b""), Ok(json!({})));
    let bad: [&[u8]; 6] = [b"{", b"{\"a\":1}x", br#"{"a":"\ud800"}"#, b"{\"a\":\"\xff\"}", b"a=1", b"{\"a\":1e999}"];
    for body in bad {
        assert_eq!(parse_body(JSON, body), Err(ParamsError::unreadable_body()), "{}", String::from_utf8_lossy(body));
    }
}

#[test]
fn a_body_holds_no_nul() {
    let held: [&[u8]; 3] = [br#"{"a":"x\u0000"}"#, br#"{"a\u0000":1}"#, br#"{"a":["\\\u0000"]}"#];
    for body in held {
        assert_eq!(parse_body(JSON, body), Err(ParamsError::nul(Source::Body)), "{}", String::from_utf8_lossy(body));
    }
    assert_eq!(parse_body(JSON, br#"{"a":"\\u0000"}"#), Ok(json!({"a": "\\u0000"})));
    assert_eq!(parse_body(FORM, b"a=%00"), Err(ParamsError::nul(Source::Body)));
}

#[test]
fn a_body_nests_so_deep() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(parse_body(JSON, nested(64).as_bytes()).is_ok());
    let text = parse_body(JSON, nested(65).as_bytes()).unwrap_err();
    assert_eq!(text.text(), "JSON in the request body is nested too deeply");
    assert!(parse_body(JSON, nested(100_000).as_bytes()).is_err());
    let quoted = format!("[\"{}\\\"[\"]", "[".repeat(1_000));
    assert!(parse_body(JSON, quoted.as_bytes()).is_ok());
}

#[test]
fn a_form_is_flat() {
    assert_eq!(
        parse_body(FORM, b"user=ann&password=a%26b+c&x[]=1&user=bob"),
        Ok(json!({"user": "bob", "password": "a&b c", "x[]": "1"}))
    );
    assert_eq!(parse_body(FORM, b"payload=%7B%22a%22%3A1%7D&b=2"), Ok(json!({"a": 1})));
    assert_eq!(parse_body(FORM, b"payload=oops"), Err(ParamsError::unreadable_body()));
    assert!(parse_body(FORM, b"a=%FF").is_err());
}

proptest! {
    /// Nothing that is sent makes a reader panic.
    #[test]
    fn readers_answer_whatever_comes(raw in r#"(roomId|types|custom|a|[\[\]&=%?{}",\\:.$0-9 é]|%00|\\u0000|\$or|\$regex){0,40}"#) {
        drop((from_query::<Query>(&raw), from_body::<Query>(JSON, raw.as_bytes()), from_body::<Query>(FORM, raw.as_bytes())));
        let rules = SelectorRules { fields: &[], operators: &[Operator::Or, Operator::Regex] };
        drop((Sort::parse(&raw), Selector::parse(&raw, &rules)));
    }

    /// A query string that says a value plainly gives that value.
    #[test]
    fn what_is_encoded_comes_back(value in "[^\0]{1,40}") {
        prop_assume!(value != "undefined");
        let encoded = percent_encoding::utf8_percent_encode(&value, percent_encoding::NON_ALPHANUMERIC);
        prop_assert_eq!(tree(&format!("k={encoded}&l[x]={encoded}")), json!({"k": &value, "l": {"x": &value}}));
    }
}
